// Operator families. PostgreSQL: pg_opfamily; opclasscmds.c DefineOpFamily, AlterOpFamily. Their members are those that
// belong to no class.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/operator_members.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::List;
using model::Object;
using model::Sides;
using model::Type;
using operator_members::address;

enum : std::size_t { operators, functions };

List without(const List& all, const List& others) {
  List rest;
  for (const std::string& one : all) {
    if (std::find(others.begin(), others.end(), one) == others.end()) rest.push_back(one);
  }
  return rest;
}

void change(const Object& family, const List& from, const List& to, Emit& emit) {
  const std::string head = "ALTER OPERATOR FAMILY " + address(family);
  List gone = without(from, to);
  for (std::string& clause : gone) clause = operator_members::without_object(clause);
  if (!gone.empty()) emit.statement(head + " DROP " + join(gone, ", "), "ALTER OPERATOR FAMILY");
  const List added = without(to, from);
  if (!added.empty()) emit.statement(head + " ADD\n    " + join(added, ",\n    "), "ALTER OPERATOR FAMILY");
}

void alter_operators(const Sides& sides, Emit& emit) {
  change(*sides.to, sides.from->list(operators), sides.to->list(operators), emit);
}
void alter_functions(const Sides& sides, Emit& emit) {
  change(*sides.to, sides.from->list(functions), sides.to->list(functions), emit);
}

constexpr model::Attribute attributes[] = {
    {.name = "operators", .type = Type::list, .change = Change::alter, .alter = alter_operators, .unordered = true},
    {.name = "functions", .type = Type::list, .change = Change::alter, .alter = alter_functions, .unordered = true},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  emit.statement("CREATE OPERATOR FAMILY " + address(*sides.to), "CREATE OPERATOR FAMILY");
  List members = sides.to->list(operators);
  members.insert(members.end(), sides.to->list(functions).begin(), sides.to->list(functions).end());
  change(*sides.to, {}, members, emit);
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP OPERATOR FAMILY " + address(*sides.from), "DROP OPERATOR FAMILY");
}

bool rebuilt(const Object&) { return true; }

std::string query(int) {
  return "SELECT o.oid, n.nspname, o.opfname, a.amname, " + operator_members::operators_sql("pg_opfamily", "o.oid") +
         ", " + operator_members::functions_sql("pg_opfamily", "o.oid") + ", " +
         operator_members::members_sql("pg_amop", "pg_opfamily", "o.oid") + ", " +
         operator_members::members_sql("pg_amproc", "pg_opfamily", "o.oid") +
         " FROM pg_catalog.pg_opfamily o JOIN pg_catalog.pg_namespace n ON n.oid = o.opfnamespace "
         "JOIN pg_catalog.pg_am a ON a.oid = o.opfmethod WHERE o.oid >= 16384 AND " +
         ours("pg_opfamily", "o.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(operator_family, {row.text(1), row.text(2), row.text(3)},
                                     model::key_of(schema, {row.text(1)}));
  object[operators] = row.list(4);
  object[functions] = row.list(5);
  const Object* added = reader.add(std::move(object), "pg_opfamily", row.text(0));
  if (added != nullptr) operator_members::stand_for_members(*added, row, 6, reader);
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("opfamilyname")));
  operator_members::make_family(name, std::string(node.text("amname")), reader);
}

/// The class of a family that is made for the type; null where there is none.
Object* class_of_type(const Object& family, const std::string& type, DesiredReader& reader) {
  const std::size_t of_type = model::attribute(operator_class, "type");
  const std::size_t in_family = model::attribute(operator_class, "family");
  const std::string name = quote_qualified(family.names[0], family.names[1]);
  for (Object& object : reader.schema().objects()) {
    if (object.kind == &operator_class && object.names[2] == family.names[2] && object.text(of_type) == type &&
        object.text(in_family) == name)
      return &object;
  }
  return nullptr;
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  const std::vector<std::string> names = sql::strings(node.list("opfamilyname"));
  const std::string method(node.text("amname"));
  const Name name = reader.creation_name(names);
  Object* family = reader.schema().find(model::key_of(operator_family, {name.schema, name.name, method}));
  if (family == nullptr)
    return reader.error(node, "operator family " + quote_qualified(name.schema, name.name) + " does not exist",
                        "create it before this statement");
  for (const operator_members::Member& member :
       operator_members::read_items(node.list("items"), method, "", reader, family->depends)) {
    using operator_members::Tie;
    const bool of_type =
        operator_members::tie_of(member, method, false, reader.server_version()) == Tie::to_class_of_type;
    Object* owner = of_type ? class_of_type(*family, member.left, reader) : nullptr;
    if (owner == nullptr) owner = family;
    if (node.flag("isDrop"))
      operator_members::remove(member, *owner);
    else
      operator_members::add(member, *owner);
  }
}

constexpr model::StatementReader statements[] = {{"CreateOpFamilyStmt", read_create},
                                                 {"AlterOpFamilyStmt", read_alter}};

}  // namespace

const model::Kind operator_family = {
    .name = "operator family",
    .sql_class = "OPERATOR FAMILY",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = rebuilt,
    .has_owner = true,
    .signature = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
