#include "sql/canonical.h"

#include "sql/canonical_tree.h"
#include "sql/fragments.h"

namespace segue::sql {
namespace {

Scope scope_of(const Home& home, const Canonicalizer& canonicalizer) {
  Scope scope;
  if (home.relation.empty()) return scope;
  RangeEntry entry;
  entry.is_home = true;
  entry.schema = home.schema;
  entry.relation = home.relation;
  entry.columns = canonicalizer.columns_of(home.schema, home.relation);
  entry.known = !entry.columns.empty();
  scope.entries.push_back(std::move(entry));
  return scope;
}

std::string expression_text(Node node, Canonicalizer& canonicalizer, const Home& home) {
  const Scope scope = holds_column(node) ? scope_of(home, canonicalizer) : Scope{};
  Value value = canonicalizer.expression(node, scope);
  // cookDefault: a literal becomes a constant of the column's type, or of a domain's base type, without its modifier;
  // a cast of anything else is implicit and not printed.
  if (!home.column.empty() && value.literal) {
    const ValueType target =
        canonicalizer.base_type(canonicalizer.type_of_column(home.schema, home.relation, home.column));
    const bool takes_modifier = target.is("interval") && !target.typmod.empty();
    if (!takes_modifier) value = canonicalizer.coerce(std::move(value), target.name);
  }
  return Canonicalizer::text_of(value);
}

}  // namespace

Result<std::string> canonical(std::string_view text, Grammar grammar, const Names& names, const Home& home,
                              Writer writer, bool* names_columns) {
  const auto parsed = names.fragments == nullptr ? parse_as(text, grammar) : names.fragments->parse(text, grammar);
  if (!parsed) return parsed.failure();
  if (names_columns != nullptr) *names_columns = holds_column(parsed->node());
  Canonicalizer canonicalizer(names, writer);
  switch (grammar) {
    case Grammar::expression:
      return expression_text(parsed->node(), canonicalizer, home);
    case Grammar::type: {
      const ValueType type = type_of_name(parsed->node(), names);
      return type.name + type.typmod;
    }
    case Grammar::query:
      return canonicalizer.query(parsed->node(), nullptr);
    case Grammar::clause:
      return canonicalizer.generic(parsed->node(), scope_of(home, canonicalizer));
    case Grammar::body:
      break;
  }
  return canonicalizer.generic(parsed->node(), Scope{});
}

Result<QueryColumns> query_columns(std::string_view text, const Names& names) {
  const auto parsed = parse_as(text, Grammar::query);
  if (!parsed) return parsed.failure();
  QueryColumns columns;
  Canonicalizer canonicalizer(names, Writer::file);
  canonicalizer.note_absent_in(columns.absent, parsed->offset());
  std::vector<OutputColumn> output;
  canonicalizer.query(parsed->node(), nullptr, &output);
  columns.complete = !output.empty();
  for (OutputColumn& column : output) {
    columns.complete = columns.complete && column.name != "*";
    columns.names.push_back(std::move(column.name));
  }
  return columns;
}

}  // namespace segue::sql
