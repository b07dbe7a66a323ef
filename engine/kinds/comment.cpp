// Comments on objects of every kind. PostgreSQL: pg_description, COMMENT ON.
//
// A comment is a child of its target and is named by the target's key; the column of a view, which is no object of its
// own, by the view's key and the column's name.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/target.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { text };

/// An extension brings a comment from its control file. Every extension has a comment object on both sides; with no
/// text it says nothing, and what the other side has is no difference. "" is COMMENT … IS NULL.
bool on_extension(const Object& object) { return object.parent.rfind("extension ", 0) == 0; }

Change decide(const Sides& sides) {
  const bool open = on_extension(*sides.to) && (!sides.to->has(text) || (!sides.from->has(text) && sides.to->text(text).empty()));
  return open ? Change::derived : Change::alter;
}

std::string form_of(std::string_view sql_class) {
  static constexpr std::string_view measured[] = {"TABLE",   "COLUMN", "CONSTRAINT", "INDEX", "TRIGGER",    "POLICY",
                                                  "VIEW",    "FUNCTION", "TYPE",     "STATISTICS", "SCHEMA"};
  for (const auto name : measured) {
    if (name == sql_class) return "COMMENT ON " + std::string(sql_class);
  }
  return sql_class == "MATERIALIZED VIEW" ? "COMMENT ON VIEW" : std::string();
}

void write(const Object& comment, const model::Schema* side, const std::string& literal, Emit& emit) {
  const Target target = target_of(comment, side);
  if (target.object == nullptr) return;
  auto& fragment = emit.statement("COMMENT ON " + target.sql_class + " " + target.address + " IS " + literal,
                                  form_of(target.sql_class));
  if (!target.relation.empty()) fragment.relations = {target.relation};
}

void alter(const Sides& sides, Emit& emit) {
  const std::string& value = sides.to->text(text);
  write(*sides.to, sides.to_schema, value.empty() ? "NULL" : quote_literal(value), emit);
}

constexpr model::Attribute attributes[] = {
    {.name = "text", .type = Type::text, .change = Change::alter, .alter = alter, .decide = decide},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  if (sides.to->has(text)) alter(sides, emit);
}

void drop(const Sides& sides, Emit& emit) { write(*sides.from, sides.from_schema, "NULL", emit); }

std::string query(int) {
  return "SELECT c.relname, d.objoid, d.objsubid, d.description, "
         "(SELECT a.attname FROM pg_catalog.pg_attribute a "
         "WHERE d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND a.attrelid = d.objoid AND a.attnum = d.objsubid "
         "AND d.objsubid > 0), "
         "false FROM pg_catalog.pg_description d JOIN pg_catalog.pg_class c ON c.oid = d.classoid "
         // initdb's own comments; those of extensions come from the objects, which are not ours
         "WHERE d.objoid >= 16384 OR (d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.objsubid = 0) "
         "UNION ALL "
         "SELECT 'pg_extension', e.oid, 0, NULL, NULL, true FROM pg_catalog.pg_extension e "
         "WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_description d WHERE d.objoid = e.oid "
         "AND d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass)";
}

void read_row(const Row& row, CatalogReader& reader) {
  const int sub = static_cast<int>(row.number(2));
  const Object* target = reader.at(row.text(0), row.text(1), sub);
  if (target == nullptr) return;  // on a member of an extension, a system object, or a kind that is reported elsewhere
  Object object = sub > 0 && !is_part(*target, row.text(4))
                      ? make_child_of_column(comment, *target, row.text(4))
                      : model::make_object(comment, {target->key}, target->key);
  object[text] = text_or_absent(row, 3);
  reader.add(std::move(object), "pg_description", row.text(1) + "/" + row.text(0), sub);
}

/// The object of COMMENT ON COLUMN r.c: a column of a table, an attribute of a composite type, or a view's column.
Object comment_on_column(const sql::Node& node, DesiredReader& reader, bool& found) {
  std::vector<std::string> names = sql::strings(node["object"].items());
  found = false;
  if (names.size() < 2) return {};
  const std::string column_name = names.back();
  names.pop_back();
  const Object* relation = reader.find_relation(names);
  if (relation == nullptr) return {};
  found = true;
  for (const Object* child : std::as_const(reader.schema()).children(relation->key)) {
    if (child->kind->sql_class == "COLUMN" && is_part(*child, column_name)) {
      return model::make_object(comment, {child->key}, child->key);
    }
  }
  if (relation->kind == &view || relation->kind == &materialized_view) {
    return make_child_of_column(comment, *relation, column_name);
  }
  found = false;
  reader.error(node, relation->key + " has no column " + quote_identifier(column_name), "check the name of the column");
  return {};
}

void read_comment(const sql::Node& node, DesiredReader& reader) {
  const std::string_view type = node.text("objtype");
  const std::string value(node.text("comment"));
  Object object;
  bool found = true;
  if (type == "OBJECT_COLUMN") {
    object = comment_on_column(node, reader, found);
  } else if (is_modelled_object(type)) {
    const Object* target = reader.find_object(type, node["object"]);
    found = target != nullptr;
    if (found) object = model::make_object(comment, {target->key}, target->key);
  } else {
    return reader.unmodelled("comment on " + words_of(type), "objects of this kind are not modelled; the comment is left alone");
  }
  if (!found) return;
  reader.schema().remove(object.key);
  // comment.c CreateComments: an empty comment is none
  if (value.empty() && !on_extension(object)) return;
  object[text] = value;
  reader.add(std::move(object));
}

constexpr model::StatementReader statements[] = {{"CommentStmt", read_comment}};

}  // namespace

const model::Kind comment = {
    .name = "comment",
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
