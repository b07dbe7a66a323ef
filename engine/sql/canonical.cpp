#include "sql/canonical.h"

#include "sql/canonical_tree.h"
#include "sql/script.h"

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
  const Scope scope = scope_of(home, canonicalizer);
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
                              Writer writer) {
  Canonicalizer canonicalizer(names, writer);
  switch (grammar) {
    case Grammar::expression: {
      const auto parsed = parse_expression(text);
      if (!parsed) return parsed.failure();
      return expression_text(parsed->node(), canonicalizer, home);
    }
    case Grammar::type: {
      const auto parsed = parse_type(text);
      if (!parsed) return parsed.failure();
      const ValueType type = type_of_name(parsed->node(), names);
      return type.name + type.typmod;
    }
    case Grammar::query: {
      const auto parsed = parse_query(text);
      if (!parsed) return parsed.failure();
      return canonicalizer.query(parsed->node(), nullptr);
    }
    case Grammar::clause: {
      const auto parsed = parse_query(text);
      if (!parsed) return parsed.failure();
      return canonicalizer.generic(parsed->node(), scope_of(home, canonicalizer));
    }
    case Grammar::body:
      break;
  }
  const auto parsed = parse_body(text);
  if (!parsed) return parsed.failure();
  return canonicalizer.generic(parsed->node(), Scope{});
}

}  // namespace segue::sql
