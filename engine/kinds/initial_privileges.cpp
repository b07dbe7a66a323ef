// Privileges on the system's objects and on members of extensions. PostgreSQL: pg_init_privs, GRANT and REVOKE.
//
// An object of this kind exists only where the list differs from the initial one, which the server that the plan is for
// says. Its target is no object of the model: the name says it all.
#include "base/quote.h"
#include "kinds/acl_common.h"
#include "kinds/grant_statement.h"
#include "kinds/kinds.h"
#include "kinds/others.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using acl::Acl;
using acl::Class;
using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t {
  list,
  granted,
  initial,
  initially_granted,
  on,
  column_name,
  relation_name,
  qualified,
  role,
  statements_of_file,
  made,  ///< the schema and the owner, as they are
};

// -- writing ---------------------------------------------------------------------------------------------------------

/// From the name, which begins with the word.
Class class_of(const Object& object) {
  Other other;
  other.word = object.names[0].substr(0, object.names[0].find(' '));
  other.column = object.text(column_name);
  return other.of();
}

Acl initial_of(const Object& object, int server_version) {
  Acl acl = acl::from_list(object.list(initial), class_of(object), server_version);
  acl.put_in_order(object.list(initially_granted));
  return acl;
}

void write(const Object& object, const Acl& from, const Acl& to, const Sides& sides, Emit& emit) {
  const Class of = class_of(object);
  const acl::Wording wording{"", object.text(on),     object.text(column_name), object.text(role),
                             of, sides.server_version};
  for (std::string& sql : acl::statements({from}, to, wording)) {
    std::string form = acl::form_of(of, sql);
    auto& fragment = emit.statement(std::move(sql), std::move(form));
    if (object.has(relation_name)) fragment.relations = {object.text(relation_name)};
    fragment.hazards = {"CHANGES_PRIVILEGES"};
  }
}

Acl list_on(const Object& object, const Sides& sides) {
  return acl::list_of(object, class_of(object), sides.server_version);
}

void alter(const Sides& sides, Emit& emit) {
  write(*sides.to, list_on(*sides.from, sides), list_on(*sides.to, sides), sides, emit);
}

/// Of what comes with an extension in the same plan no list is known, only what the file says to do to it.
void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  for (const std::string& sql : sides.to->list(statements_of_file)) {
    emit.statement(sql, acl::form_of(class_of(*sides.to), sql)).hazards = {"CHANGES_PRIVILEGES"};
  }
  if (sides.to->list(granted).empty() && sides.to->list(initial).empty()) return;
  write(*sides.to, initial_of(*sides.to, sides.server_version), list_on(*sides.to, sides), sides, emit);
}

void drop(const Sides& sides, Emit& emit) {
  const Object& object = *sides.from;
  if (!object.parent.empty() && sides.to_schema != nullptr && !sides.to_schema->contains(object.parent)) return;
  write(object, list_on(object, sides), initial_of(object, sides.server_version), sides, emit);
}

constexpr model::Attribute attributes[] = {
    {.name = "acl", .type = Type::list, .change = Change::alter, .alter = alter},
    {.name = "granted", .type = Type::list, .change = Change::derived},            // the order of its items
    {.name = "initial", .type = Type::list, .change = Change::derived},            // what takes it back
    {.name = "initially_granted", .type = Type::list, .change = Change::derived},  // the order of these
    {.name = "on", .type = Type::text, .change = Change::derived},
    {.name = "column", .type = Type::text, .change = Change::derived},
    {.name = "relation", .type = Type::text, .change = Change::derived},
    {.name = "of", .type = Type::text, .change = Change::derived},
    {.name = "role", .type = Type::text, .change = Change::derived},
    {.name = "statements", .type = Type::list, .change = Change::derived},  // on what comes with an extension
    {.name = "made", .type = Type::list, .change = Change::derived},
};

Object object_for(const Other& other, int server_version) {
  const std::string parent = other.extension.empty() ? "" : model::key_of(extension, {other.extension});
  Object object = model::make_object(initial_privileges, {other.shown()}, parent);
  object[initial] = acl::to_list(other.initial, other.of(), server_version);
  object[initially_granted] = acl::order_of(other.initial);
  Other whole = other;
  whole.column.clear();
  if (!other.column.empty()) {
    whole.word = "table";
    object[column_name] = quote_identifier(other.column);
    // aclchk.c expand_all_col_privileges: REVOKE on a relation takes rights from its columns, so that theirs come after
    object.depends.push_back(model::key_of(initial_privileges, {whole.shown()}));
  }
  object[on] = whole.in_grant();
  if (whole.of() == Class::relation || whole.of() == Class::sequence) object[relation_name] = other.qualified();
  object[qualified] = other.qualified();
  object[made] = model::List{other.schema, other.owner};
  object[role] = quote_identifier(other.owner);
  return object;
}

// -- catalog ---------------------------------------------------------------------------------------------------------

std::string query(int) {
  return others_query([](const OtherCatalog& of) {
    return "(" + of.acl + " IS NOT NULL OR " + of.initial + " IS NOT NULL) AND " + of.acl + " IS DISTINCT FROM " +
           of.initial;
  });
}

void read_row(const Row& row, CatalogReader& reader) {
  const Other other = other_in(row);
  const Acl present = present_list(row, other);
  if (present == other.initial) return;
  Object object = object_for(other, reader.server_version());
  acl::set_list(object, present, other.of(), reader.server_version());
  reader.add(std::move(object), "", "");
}

// -- statements ------------------------------------------------------------------------------------------------------

class Granting {
 public:
  Granting(const sql::Node& node, DesiredReader& reader) : reader_(reader), statement_(node, reader) {}

  void run(const Other& other) {
    if (other.coming) return note(other);
    for (const GrantedPart& part : statement_.parts(other.of(), other.shown())) {
      if (part.column.empty()) {
        change_whole(other, part.rights);
      } else if (const Other* column = reader_.find_column_of(other, part.column)) {
        change(*column, part.rights);
      }
    }
  }

 private:
  /// The statement is left to the server, and what comes of it is seen by the next plan.
  void note(const Other& other) {
    Object object = object_for(other, reader_.server_version());
    object.depends = reader_.coming_extensions();
    model::List list;
    if (const Object* standing = reader_.schema().find(object.key)) list = standing->list(statements_of_file);
    list.push_back(statement_.text_on(object.text(on)));
    object[statements_of_file] = std::move(list);
    const std::string key = object.key;
    reader_.schema().remove(key);
    reader_.add(std::move(object));
    for (const GrantedPart& part : statement_.parts(other.of(), other.shown())) {
      if (part.column.empty()) continue;
      Object of_column = object_for(*reader_.find_column_of(other, part.column), reader_.server_version());
      if (!reader_.schema().contains(of_column.key)) reader_.add(std::move(of_column));
    }
  }

  void change(const Other& other, acl::Rights rights) {
    statement_.change(object_for(other, reader_.server_version()), other.initial, other.of(), rights,
                      quote_identifier(other.owner));
  }

  void change_whole(const Other& other, acl::Rights rights) {
    change(other, rights);
    if (!statement_.reaches_columns(other.of(), rights)) return;
    for (const Other* column : reader_.columns_of(other)) {
      const Object object = object_for(*column, reader_.server_version());
      const bool has_list = reader_.schema().contains(object.key) || !column->initial.items().empty();
      if (has_list) change(*column, rights & acl::all_rights(Class::column, reader_.server_version()));
    }
  }

  DesiredReader& reader_;
  GrantStatement statement_;
};

void read_grant(const sql::Node& node, DesiredReader& reader) {
  const std::string_view type = node.text("objtype");
  if (!grants_modelled(type)) return;  // named by the kind privileges
  std::vector<const Other*> others;
  if (node.text("targtype") == "ACL_TARGET_ALL_IN_SCHEMA") {
    others = reader.others_in(type, sql::strings(node.list("objects")));
  } else {
    for (const sql::Node object : node.list("objects")) {
      if (reader.find_granted(type, object) != nullptr) continue;
      if (const Other* other = reader.find_other(type, object)) others.push_back(other);
    }
  }
  Granting granting(node, reader);
  for (const Other* other : others) granting.run(*other);
}

constexpr model::StatementReader statements[] = {{"GrantStmt", read_grant}};

}  // namespace

bool is_as_member_comes(const Object& of_member, const model::Schema& side, int server_version) {
  if (of_member.kind != &initial_privileges || of_member.parent.empty() || of_member.has(column_name)) return false;
  const Class of = class_of(of_member);
  const model::List& by = of_member.list(made);
  return acl::initial(side, of, by[0], by[1], server_version) == acl::list_of(of_member, of, server_version);
}

const model::Kind initial_privileges = {
    .name = "initial privileges",
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
