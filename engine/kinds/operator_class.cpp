// Operator classes. PostgreSQL: pg_opclass; opclasscmds.c DefineOpClass. No ALTER changes what one is made of.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/operator_members.h"
#include "kinds/reader.h"
#include "kinds/routine_common.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::List;
using model::Object;
using model::Sides;
using model::Type;
using operator_members::address;

enum : std::size_t { type, is_default, family, storage, operators, functions };

constexpr std::string_view fixed = "no ALTER changes an operator class";

constexpr model::Attribute attributes[] = {
    {.name = "type", .type = Type::text, .reason = fixed},
    {.name = "default", .type = Type::boolean, .reason = fixed},
    {.name = "family", .type = Type::text, .reason = fixed},
    {.name = "storage", .type = Type::text, .reason = fixed},
    {.name = "operators", .type = Type::list, .unordered = true, .reason = fixed},
    {.name = "functions", .type = Type::list, .unordered = true, .reason = fixed},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  List parts = object.list(operators);
  parts.insert(parts.end(), object.list(functions).begin(), object.list(functions).end());
  // one without members says the type that it would store anyway
  if (object.has(storage) || parts.empty())
    parts.push_back("STORAGE " + object.text(object.has(storage) ? storage : type));
  emit.statement("CREATE OPERATOR CLASS " + quote_qualified(object.names[0], object.names[1]) +
                     (object.flag(is_default) ? " DEFAULT" : "") + " FOR TYPE " + object.text(type) + " USING " +
                     quote_identifier(object.names[2]) + " FAMILY " + object.text(family) + " AS\n    " +
                     join(parts, ",\n    "),
                 "CREATE OPERATOR CLASS");
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP OPERATOR CLASS " + address(*sides.from), "DROP OPERATOR CLASS");
}

bool rebuilt(const Object&) { return true; }

std::string query(int) {
  return "SELECT o.oid, n.nspname, o.opcname, a.amname, pg_catalog.format_type(o.opcintype, NULL), o.opcdefault, " +
         operator_members::family_name_sql("o.opcfamily") +
         ", CASE WHEN o.opckeytype <> 0 THEN pg_catalog.format_type(o.opckeytype, NULL) END, " +
         operator_members::operators_sql("pg_opclass", "o.oid") + ", " +
         operator_members::functions_sql("pg_opclass", "o.oid") + ", " +
         operator_members::members_sql("pg_amop", "pg_opclass", "o.oid") + ", " +
         operator_members::members_sql("pg_amproc", "pg_opclass", "o.oid") +
         " FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace "
         "JOIN pg_catalog.pg_am a ON a.oid = o.opcmethod WHERE o.oid >= 16384 AND " +
         ours("pg_opclass", "o.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object =
      model::make_object(operator_class, {row.text(1), row.text(2), row.text(3)}, model::key_of(schema, {row.text(1)}));
  object[type] = row.text(4);
  object[is_default] = row.flag(5);
  object[family] = row.text(6);
  object[storage] = text_or_absent(row, 7);
  object[operators] = row.list(8);
  object[functions] = row.list(9);
  const Object* added = reader.add(std::move(object), "pg_opclass", row.text(0));
  if (added != nullptr) operator_members::stand_for_members(*added, row, 10, reader);
}

/// The family that is named, or one of the class's own name, which the server makes where there is none.
std::string read_family(const sql::Node& node, const Name& name, const std::string& method, Object& object,
                        DesiredReader& reader) {
  std::vector<std::string> names = sql::strings(node.list("opfamilyname"));
  if (names.size() > 1 && names[names.size() - 2] == "pg_catalog") return quote_identifier(names.back());
  Name family_name = name;
  if (!names.empty()) family_name = reader.creation_name(names);
  const std::string key = model::key_of(operator_family, {family_name.schema, family_name.name, method});
  if (!reader.schema().contains(key)) {
    if (!names.empty()) return quote_identifier(names.back());  // the server's own
    operator_members::make_family(name, method, reader);
  }
  object.depends.push_back(key);
  return quote_qualified(family_name.schema, family_name.name);
}

/// The family that a class depends on; null where it is the server's own.
Object* family_in_file(const Object& object, DesiredReader& reader) {
  for (const std::string& needed : object.depends) {
    Object* one = reader.schema().find(needed);
    if (one != nullptr && one->kind == &operator_family) return one;
  }
  return nullptr;
}

/// DefineOpClass: STORAGE of the class's own type says nothing.
void read_storage(const sql::Node& node, Object& object, DesiredReader& reader) {
  constexpr std::int64_t storage_item = 3;
  for (const sql::Node item : node.list("items")) {
    if (item.number("itemtype") != storage_item) continue;
    const std::string stored = routine::without_modifier(reader.type(item["storedtype"], object.depends));
    if (stored != object.text(type)) object[storage] = stored;
  }
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("opclassname")));
  const std::string method(node.text("amname"));
  Object object =
      model::make_object(operator_class, {name.schema, name.name, method}, model::key_of(schema, {name.schema}));
  object[type] = routine::without_modifier(reader.type(node["datatype"], object.depends));
  object[is_default] = node.flag("isDefault");
  object[family] = read_family(node, name, method, object, reader);
  operator_members::need_method(object, reader);
  read_storage(node, object, reader);
  Object* loose = family_in_file(object, reader);
  for (const operator_members::Member& member :
       operator_members::read_items(node.list("items"), method, object.text(type), reader, object.depends)) {
    using operator_members::Tie;
    const Tie tie = operator_members::tie_of(member, method, true, reader.server_version());
    const bool own = tie == Tie::to_class || (tie == Tie::to_class_of_type && member.left == object.text(type));
    operator_members::add(member, own || loose == nullptr ? object : *loose);
  }
  reader.add(std::move(object));
}

constexpr model::StatementReader statements[] = {{"CreateOpClassStmt", read_create}};

}  // namespace

const model::Kind operator_class = {
    .name = "operator class",
    .sql_class = "OPERATOR CLASS",
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
