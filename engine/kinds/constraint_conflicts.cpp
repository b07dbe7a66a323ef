// Rows that are in conflict under an exclusion constraint that is yet to be made.
#include <algorithm>

#include "base/quote.h"
#include "kinds/constraint_parts.h"
#include "kinds/kinds.h"
#include "kinds/obstacles.h"
#include "kinds/relation.h"
#include "sql/cut.h"

namespace segue::kinds::constraint_parts {
namespace {

using model::List;
using model::Object;
using model::Sides;
using obstacles::Comparison;

struct Exclusion {
  std::vector<Comparison> comparisons;
  std::string predicate;
  bool plain = true;  ///< columns alone, compared by operators that are named without their schema
};

/// One element (gram.y ExclusionConstraintElem). False where it names a collation, which would have to be that of the
/// comparison too.
bool read_element(const std::string& text, Exclusion& out) {
  const std::vector<sql::Token> tokens = sql::tokens(text);
  sql::Cutter cutter(text, tokens);
  const sql::Span key = cutter.key_of({0, static_cast<int>(text.size())});
  cutter.to(key.end);
  sql::Cutter before = cutter;
  if (before.skip_to_word("collate") || !cutter.skip_to_word("with")) return false;
  const sql::Span by_operator = cutter.rest();
  if (key.empty() || by_operator.empty()) return false;
  const std::string_view is_called = cutter.text(key);
  const bool is_name = is_called.find('(') == std::string_view::npos;
  const bool is_bare = cutter.text(by_operator).find('(') == std::string_view::npos;
  out.plain = out.plain && is_name && is_bare;
  out.comparisons.push_back({std::string(is_called), std::string(cutter.text(by_operator))});
  return true;
}

/// What stands behind EXCLUDE (read_exclusion); nothing where it cannot be told without the server.
Exclusion read(const std::string& text) {
  Exclusion found;
  sql::Cutter cutter(text, sql::tokens(text));
  const sql::Span list = cutter.parenthesised();
  for (const sql::Span element : cutter.elements(list)) {
    if (!read_element(std::string(cutter.text(element)), found)) return {};
  }
  if (cutter.skip_to_word("where")) found.predicate = std::string(cutter.text(cutter.rest()));
  return found;
}

/// Whether no type among the columns may bring operators of its own: format_type qualifies those.
bool all_built_in(const Sides& sides, const List& names) {
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    const Object* found = sides.to_schema->find(model::key_of(column, {sides.to->names[0], sides.to->names[1], name}));
    return found != nullptr && found->text(model::attribute(column, "type")).find('.') == std::string::npos;
  });
}

}  // namespace

void write_conflicts(const Sides& sides, const List& needed, model::Emit& emit) {
  const Exclusion found = read(sides.to->definition(exclusion).text);
  const bool runs_code = !found.plain || !found.predicate.empty() || !all_built_in(sides, needed);
  obstacles::conflicts(sides, relation_address(*sides.to), needed, found.comparisons, found.predicate, runs_code, emit);
}

}  // namespace segue::kinds::constraint_parts
