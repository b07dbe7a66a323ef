#include "kinds/cluster_names.h"

#include "base/quote.h"
#include "kinds/acl_common.h"
#include "kinds/kinds.h"

namespace segue::kinds {
namespace {

using model::Object;

/// user.c and tablespace.c keep this prefix for what initdb makes.
bool is_reserved(std::string_view name) { return name.starts_with("pg_"); }

void add_role(const std::string& quoted, ClusterNames& names) {
  const bool is_symbol = quoted == acl::owner_role || quoted == acl::public_role;
  const std::string name = is_symbol ? "" : unquote_identifier(quoted);
  const bool is_named = !name.empty();  // a file that does not say who runs it leaves its owners open
  if (is_named && !is_reserved(name)) names.roles.insert(name);
}

void add_roles(const Object& object, ClusterNames& names) {
  const auto attribute = [&](std::string_view name) { return model::attribute(*object.kind, name); };
  if (object.kind == &owner && object.has(attribute("role")))
    add_role(quote_identifier(object.text(attribute("role"))), names);
  if (object.kind == &user_mapping || object.kind == &default_privileges) add_role(object.names[0], names);
  if (object.kind == &policy) {
    for (const std::string& role : object.list(attribute("roles"))) add_role(role, names);
  }
  if (object.kind == &privileges || object.kind == &initial_privileges || object.kind == &default_privileges) {
    for (const std::string& role : acl::roles_in(object.list(attribute("granted")))) add_role(role, names);
  }
}

void add_tablespaces(const Object& object, ClusterNames& names) {
  for (const model::Kind* kind : {&table, &materialized_view, &index, &constraint}) {
    if (object.kind != kind) continue;
    const std::size_t tablespace = model::attribute(*kind, "tablespace");
    if (object.has(tablespace) && !is_reserved(object.text(tablespace)))
      names.tablespaces.insert(object.text(tablespace));
  }
}

}  // namespace

void add_cluster_names(const Object& object, ClusterNames& names) {
  add_roles(object, names);
  add_tablespaces(object, names);
}

}  // namespace segue::kinds
