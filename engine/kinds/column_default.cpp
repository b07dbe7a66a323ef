// Defaults of columns. PostgreSQL: pg_attrdef, an object of its own there too, with dependencies of its own.
#include <algorithm>

#include "base/quote.h"
#include "kinds/column_parts.h"
#include "kinds/kinds.h"
#include "kinds/null_constant.h"
#include "kinds/reader.h"
#include "kinds/relation.h"
#include "kinds/routine_common.h"
#include "sql/lexer.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { expression };

std::string address(const Object& object) { return relation_address(object) + "." + quoted_name(object); }

std::string alter_column(const Object& object) { return "ALTER COLUMN " + quoted_name(object) + " "; }

void set(const Sides& sides, Emit& emit) {
  const auto& definition = sides.to->definition(expression);
  auto& fragment = emit.alter(alter_table(sides, *sides.to, true),
                              alter_column(*sides.to) + "SET DEFAULT " + definition.text, "SET DEFAULT");
  fragment.relations = {relation_address(*sides.to)};
  fragment.search_path = definition.search_path;
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) { set(sides, emit); }

void drop(const Sides& sides, Emit& emit) {
  emit.alter(alter_table(sides, *sides.from, true), alter_column(*sides.from) + "DROP DEFAULT", "DROP DEFAULT")
      .relations = {relation_address(*sides.from)};
}

std::string inline_form(const Object& object, std::span<const Object* const>) {
  return "DEFAULT " + object.definition(expression).text;
}

/// A column that comes from an inheritance parent is not written, and so cannot carry its default.
bool can_inline(const Sides& sides) {
  const Object* of = sides.to_schema->find(sides.to->parent);
  return of != nullptr &&
         (of->flag(model::attribute(column, "local")) || of->list(model::attribute(column, "inherited_from")).empty());
}

bool rebuilt_when_disturbed(const Object&) { return true; }

constexpr model::Attribute attributes[] = {
    {.name = "expression",
     .type = Type::definition,
     .change = Change::alter,
     .alter = set,
     .grammar = model::Grammar::expression},
};

/// A default reads no column (parse_expr.c EXPR_KIND_COLUMN_DEFAULT), so that the server need not look at the relation
/// to print it. Whose relations these are, the reader knows.
std::string query(int) {
  return "SELECT d.oid, d.adrelid, d.adnum, pg_catalog.pg_get_expr(d.adbin, 0) FROM pg_catalog.pg_attrdef d "
         "JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE a.attgenerated = ''";
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* of = reader.at("pg_class", row.text(1), static_cast<int>(row.number(2)));
  if (of == nullptr || of->kind != &column) return;
  Object object = model::make_object(column_default, of->names, of->key);
  object[expression] = printed(row, 3);
  reader.add(std::move(object), "pg_attrdef", row.text(0));
}

void put(const Object& of, model::Value value, DesiredReader& reader) {
  const std::string key = model::key_of(column_default, of.names);
  if (Object* there = reader.schema().find(key)) {
    (*there)[expression] = std::move(value);
    return;
  }
  Object object = model::make_object(column_default, of.names, of.key);
  object[expression] = std::move(value);
  reader.add(std::move(object));
}

bool is_no_default(const sql::Node& value, const Object& of, DesiredReader& reader) {
  return is_null_constant(value, of.text(model::attribute(column, "type")), of.depends, reader);
}

/// One that is inherited gives way to it, be it NULL (tablecmds.c MergeAttributes).
void read_default(const sql::Node& node, DesiredReader& reader) {
  const Object& of = *reader.column();
  if (is_no_default(node["raw_expr"], of, reader))
    return reader.schema().remove(model::key_of(column_default, of.names));
  sql::Cutter cutter = reader.cutter();
  cutter.to(node.location());
  if (!cutter.skip_to_word("default")) return;
  const sql::Span span =
      cutter.until({"constraint", "not", "null", "unique", "primary", "check", "references", "default", "generated",
                    "collate", "deferrable", "initially", "storage", "compression"});
  put(*reader.column(), reader.definition(span), reader);
}

void read_implied(const sql::Node&, DesiredReader& reader) {
  put(*reader.column(), DesiredReader::implied(reader.text()), reader);
}

/// The sub-command has no location of its own: it is the SET DEFAULT whose extent holds the expression.
void read_value(const sql::Node& value, const Object& of, DesiredReader& reader) {
  sql::Cutter cutter = reader.cutter();
  while (cutter.skip_to_word("default")) {
    sql::Cutter here = cutter;
    const sql::Span span = here.until({});
    if (span.begin <= value.first_location() && value.first_location() < span.end)
      return put(of, reader.definition(span), reader);
  }
}

void read_set_default(const sql::Node& node, DesiredReader& reader) {
  const Object& relation = *reader.relation();
  const model::List names = {relation.names[0], relation.names[1], std::string(node.text("name"))};
  const std::string key = model::key_of(column, names);
  const Object* of = reader.schema().find(key);
  if (of == nullptr) {
    // a view's column may have a default too: INSERT into the view uses it
    if (relation.kind != &table) return reader.unmodelled(key, "default of a column that belongs to no table");
    return reader.error(node, key + " does not exist");
  }
  const sql::Node value = node["def"];
  if (!value || is_no_default(value, *of, reader)) {
    reader.schema().remove(model::key_of(column_default, names));
  } else {
    read_value(value, *of, reader);
  }
  column_parts::hand_down(node, reader, "AlterTableCmd/AT_ColumnDefault");
}

/// A literal that says no type: it is a value of its column's (parse_coerce.c coerce_type). B'…', X'…' and N'…' say
/// one.
bool is_untyped(const std::string& text) {
  const std::vector<sql::Token> tokens = sql::tokens(text);
  constexpr std::string_view typed = "bBxXnN";
  return std::all_of(tokens.begin(), tokens.end(), [&](const sql::Token& token) {
    const bool is_literal = token.kind == sql::TokenKind::string && typed.find(token.text[0]) == std::string_view::npos;
    return is_literal || token.is_word("null") || token.is('(') || token.is(')');
  });
}

/// The type in which a literal is stored: that below domains, without a length. SQL gives CHAR and BIT one of 1, so
/// that they have other names without (format_type.c).
std::string type_of_literal(const std::string& type, const model::Schema& all) {
  const Object* of = all.find(std::string(domain.name) + " " + type);
  if (of != nullptr) return type_of_literal(of->text(model::attribute(domain, "type")), all);
  const std::string bare = routine::without_modifier(type);
  const std::string name = bare.substr(0, bare.find('['));
  const std::string array = bare.substr(name.size());
  if (name == "character") return "bpchar" + array;
  if (name == "bit") return "\"bit\"" + array;
  return bare;
}

/// tablecmds.c ATExecAlterColumnType: the stored default is converted, so that its literal stays one of the old type,
/// which the column still has; reader.text(): the new one.
void read_type_changes(const sql::Node&, DesiredReader& reader) {
  const Object& of = *reader.column();
  Object* object = reader.schema().find(model::key_of(column_default, of.names));
  if (object == nullptr) return;
  const std::string before = type_of_literal(of.text(model::attribute(column, "type")), reader.schema());
  std::string& text = model::definition_in((*object)[expression])->text;
  if (before != type_of_literal(reader.text(), reader.schema()) && is_untyped(text)) text += "::" + before;
}

constexpr model::StatementReader statements[] = {
    {"TypeChanges", read_type_changes},
    {"Constraint/CONSTR_DEFAULT", read_default},
    {"ImpliedDefault", read_implied},
    {"AlterTableCmd/AT_ColumnDefault", read_set_default},
};

}  // namespace

const model::Kind column_default = {
    .name = "default",
    .sql_class = "",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .inline_form = inline_form,
    .can_inline = can_inline,
    .rebuilt_when_disturbed = rebuilt_when_disturbed,
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
