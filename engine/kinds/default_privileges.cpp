// Default privileges. PostgreSQL: pg_default_acl, ALTER DEFAULT PRIVILEGES.
//
// Named by role, schema ("" for all) and kind of objects, each quoted as SQL writes it. An entry for all schemas takes
// the place of what is built in and exists only where it differs from it; one for a schema adds to that.
#include <algorithm>

#include "base/quote.h"
#include "kinds/acl_common.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/target.h"

namespace segue::kinds {
namespace {

using acl::Acl;
using acl::Class;
using acl::Rights;
using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

Acl base_of(const std::vector<std::string>& names, int server_version) {
  return names[1].empty() ? acl::built_in(acl::class_of_default(names[2]), server_version) : Acl{};
}

/// Whether objects of ours stand where the defaults will hold. Where there are none, what comes says itself who may do
/// what with it.
bool stands_among_ours(const Object& object, const Sides& sides) {
  const auto& all = sides.from_schema->objects();
  return std::any_of(all.begin(), all.end(), [&](const Object& other) {
    const std::string& parent = other.parent;
    const Object* schema_of = parent.empty() ? nullptr : sides.from_schema->find(parent);
    return schema_of != nullptr && schema_of->kind == &schema && !other.kind->sql_class.empty() &&
           (object.names[1].empty() || quote_identifier(schema_of->name()) == object.names[1]);
  });
}

void write(const Object& object, const Acl& from, const Acl& to, const Sides& sides, Emit& emit) {
  const std::string& role = object.names[0];
  acl::Wording wording;
  wording.prefix = "ALTER DEFAULT PRIVILEGES FOR ROLE " + role + " ";
  if (!object.names[1].empty()) wording.prefix += "IN SCHEMA " + object.names[1] + " ";
  wording.object = object.names[2];
  wording.owner = role;
  wording.of = acl::class_of_default(object.names[2]);
  wording.server_version = sides.server_version;
  const bool concerns_ours = stands_among_ours(object, sides);
  for (std::string& sql : acl::statements({from}, to, wording)) {
    auto& fragment = emit.statement(std::move(sql), "ALTER DEFAULT PRIVILEGES");
    if (concerns_ours) fragment.hazards = {"CHANGES_PRIVILEGES"};
  }
}

Acl list_of(const Object& object, int server_version) {
  return acl::list_of(object, acl::class_of_default(object.names[2]), server_version);
}

void alter(const Sides& sides, Emit& emit) {
  write(*sides.to, list_of(*sides.from, sides.server_version), list_of(*sides.to, sides.server_version), sides, emit);
}

constexpr model::Attribute attributes[] = {
    {.name = "acl", .type = Type::list, .change = Change::alter, .alter = alter},
    {.name = "granted", .type = Type::list, .change = Change::derived},  // the order of its items
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  write(*sides.to, base_of(sides.to->names, sides.server_version), list_of(*sides.to, sides.server_version), sides,
        emit);
}

void drop(const Sides& sides, Emit& emit) {
  write(*sides.from, list_of(*sides.from, sides.server_version), base_of(sides.from->names, sides.server_version),
        sides, emit);
}

std::string query(int) {
  return "SELECT d.oid, pg_catalog.pg_get_userbyid(d.defaclrole), coalesce(n.nspname, ''), d.defaclobjtype, "
         "d.defaclacl::pg_catalog.text[] FROM pg_catalog.pg_default_acl d "
         "LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace WHERE " +
         ours("pg_default_acl", "d.oid", "coalesce(n.nspname, '')");
}

std::string class_name(const std::string& letter) {
  if (letter == "r") return "TABLES";
  if (letter == "S") return "SEQUENCES";
  if (letter == "f") return "FUNCTIONS";
  if (letter == "T") return "TYPES";
  if (letter == "n") return "SCHEMAS";
  return letter == "L" ? "LARGE OBJECTS" : "";
}

std::string schema_text(const std::string& name) { return name.empty() ? name : quote_identifier(name); }

Object entry(const std::string& role, const std::string& schema_name, const std::string& objects) {
  return model::make_object(default_privileges, {quote_identifier(role), schema_text(schema_name), objects},
                            schema_name.empty() ? std::string() : model::key_of(schema, {schema_name}));
}

void read_row(const Row& row, CatalogReader& reader) {
  const std::string objects = class_name(row.text(3));
  if (objects.empty()) {
    return reader.unmodelled("default privileges of " + row.text(1) + " on objects of type " + row.text(3),
                             "this type is not known to this version of segue; they are left alone");
  }
  Object object = entry(row.text(1), row.text(2), objects);
  const Acl list = acl::from_aclitems(row.list(4), row.text(1));
  acl::set_list(object, list, acl::class_of_default(objects), reader.server_version());
  reader.add(std::move(object), "pg_default_acl", row.text(0));
}

// -- statements ------------------------------------------------------------------------------------------------------

std::string class_of_type(std::string_view type) {
  if (type == "OBJECT_TABLE") return "TABLES";
  if (type == "OBJECT_SEQUENCE") return "SEQUENCES";
  if (type == "OBJECT_FUNCTION" || type == "OBJECT_ROUTINE") return "FUNCTIONS";
  if (type == "OBJECT_TYPE") return "TYPES";
  if (type == "OBJECT_SCHEMA") return "SCHEMAS";
  return type == "OBJECT_LARGEOBJECT" ? "LARGE OBJECTS" : "";
}

std::string current_role(DesiredReader& reader) {
  std::string name = reader.setting("role");
  if (name.empty() || name == "none") name = reader.setting("session_authorization");
  return name.empty() || name == "default" ? reader.setting("segue.default_owner") : name;
}

std::string role_of(const sql::Node& spec, DesiredReader& reader) {
  return spec.text("roletype") == "ROLESPEC_CSTRING" ? std::string(spec.text("rolename")) : current_role(reader);
}

/// aclchk.c SetDefaultACL: the grantor is the role itself.
void apply(const sql::Node& action, const std::string& role, Class of, Acl& list, DesiredReader& reader) {
  const int version = reader.server_version();
  Rights rights = action.list("privileges").empty() ? acl::all_rights(of, version) : 0;
  for (const sql::Node privilege : action.list("privileges")) {
    const std::string_view name = privilege.text("priv_name");
    const Rights right = name.empty() ? acl::all_rights(of, version) : acl::right_named(name);
    if (right == 0 || (right & ~acl::all_rights(of, version)) || !privilege.list("cols").empty()) {
      reader.error(action, "privilege " + std::string(name) + " does not exist for these objects",
                   "they have " + acl::rights_in_words(acl::all_rights(of, version)));
      return;
    }
    rights |= right;
  }
  const std::string by(acl::owner_role);
  for (const sql::Node spec : action.list("grantees")) {
    std::string grantee(acl::public_role);
    if (spec.text("roletype") != "ROLESPEC_PUBLIC") grantee = quote_identifier(role_of(spec, reader));
    if (grantee == quote_identifier(role)) grantee = by;
    if (action.flag("is_grant")) {
      list.add(grantee, by, rights, action.flag("grant_option"));
    } else {
      list.remove(grantee, by, rights, action.flag("grant_option"));
    }
  }
}

void change(const sql::Node& action, const std::string& role, const std::string& schema_name, DesiredReader& reader) {
  const std::string objects = class_of_type(action.text("objtype"));
  if (objects.empty()) {
    return reader.unmodelled("default privileges on " + words_of(action.text("objtype")), "this type is not modelled");
  }
  const int version = reader.server_version();
  Object object = entry(role, schema_name, objects);
  if (!object.parent.empty() && !reader.schema().contains(object.parent)) {
    return reader.error(action, "schema " + schema_text(schema_name) + " does not exist",
                        "put CREATE SCHEMA before this statement");
  }
  const Class of = acl::class_of_default(objects);
  const Acl base = base_of(object.names, version);
  const Object* standing = reader.schema().find(object.key);
  Acl list = standing == nullptr ? base : list_of(*standing, version);
  apply(action, role, of, list, reader);
  // aclchk.c SetDefaultACL sorts by the roles' numbers (acl.c aclitemsort), which no file says: by name is as likely
  model::List by_name = acl::order_of(list);
  std::sort(by_name.begin(), by_name.end());
  list.put_in_order(by_name);
  const std::string key = object.key;
  reader.schema().remove(key);
  acl::set_list(object, list, of, version);
  reader.add(std::move(object));  // added even if it goes again: the file speaks of default privileges
  if (list == base) reader.schema().remove(key);
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  std::vector<std::string> roles;
  std::vector<std::string> schemas;
  for (const sql::Node option : node.list("options")) {
    if (option.text("defname") == "roles") {
      for (const sql::Node role : option["arg"].items()) roles.push_back(role_of(role, reader));
    } else if (option.text("defname") == "schemas") {
      schemas = sql::strings(option["arg"].items());
    }
  }
  if (roles.empty()) roles.push_back(current_role(reader));
  if (schemas.empty()) schemas.push_back("");
  for (const std::string& role : roles) {
    for (const std::string& schema_name : schemas) change(node["action"], role, schema_name, reader);
  }
}

constexpr model::StatementReader statements[] = {{"AlterDefaultPrivilegesStmt", read_alter}};

}  // namespace

const model::Kind default_privileges = {
    .name = "default privileges",
    .sql_class = {},
    .attributes = attributes,
    .create = create,
    .drop = drop,
    .name_space = model::NameSpace::of_target,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
