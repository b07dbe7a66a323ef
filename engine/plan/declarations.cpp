#include "plan/declarations.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/quote.h"
#include "kinds/kinds.h"

namespace segue::plan {
namespace {

using model::Object;

/// What becomes of it, in the order of the sentences.
enum class Outcome {
  as_wanted,
  stays_declared,
  becomes_declared,
  comes_declared,
  stays_inherited,
  comes_back_declared
};

bool is_declared(const Object& column) { return column.flag(model::attribute(kinds::column, "local")); }

const model::List& counterparts(const Object& column) {
  return column.list(model::attribute(kinds::column, "inherited_from"));
}

bool is_inherited_alone(const Object& column) { return !is_declared(column) && !counterparts(column).empty(); }

/// tablecmds.c RemoveInheritance: a column that comes from no parent any more, for a moment too, is the table's own
/// from then on, and no statement takes that back.
Outcome outcome_of(const Object& before, const Object& after) {
  const bool is_let_go =
      std::none_of(counterparts(before).begin(), counterparts(before).end(), [&](const std::string& parent) {
        return std::find(counterparts(after).begin(), counterparts(after).end(), parent) != counterparts(after).end();
      });
  if (is_inherited_alone(after))
    return !is_inherited_alone(before) ? Outcome::stays_declared
           : is_let_go                 ? Outcome::becomes_declared
                                       : Outcome::as_wanted;
  if (!is_inherited_alone(before)) return Outcome::as_wanted;
  return is_let_go ? Outcome::comes_back_declared : Outcome::stays_inherited;
}

std::string_view sentence(Outcome outcome) {
  switch (outcome) {
    case Outcome::stays_declared:
      return "stay declared in the table, though the file merely inherits them";
    case Outcome::becomes_declared:
      return "become declared in the table as it leaves their parent, though the file merely inherits them";
    case Outcome::comes_declared:
      return "are declared in the table before it can inherit them, though the file merely inherits them";
    case Outcome::stays_inherited:
      return "stay merely inherited, though the file declares them in the table";
    case Outcome::comes_back_declared:
      return "are merely inherited, and will be declared in the table once the plan is taken back";
    case Outcome::as_wanted:
      break;
  }
  return "";
}

/// Of a partition's columns nobody asks who declares them (pg_dump writes all of them out).
bool is_of_partition(const Object& column, const model::Schema& side) {
  return side.contains(model::key_of(kinds::partition, {column.names[0], column.names[1]}));
}

/// A column that comes with a parent, or comes back with one on the way back, while the parent has it already, or from
/// its own beginning on (it is not among those that `come` by themselves): it must be there before the table can
/// inherit.
bool precedes_its_parent(const Object& column, const std::set<std::string>& come, const model::Schema& side,
                         const model::Schema& before) {
  if (column.kind != &kinds::column || !is_inherited_alone(column) || is_of_partition(column, side)) return false;
  const model::List& above = counterparts(column);
  return before.contains(column.parent) && std::any_of(above.begin(), above.end(), [&](const std::string& parent) {
           const Object* above_it = side.find(parent);
           const bool comes_with_table = above_it != nullptr && come.count(above_it->parent) != 0;
           return comes_with_table || (before.contains(parent) && come.count(parent) == 0);
         });
}

}  // namespace

std::vector<std::string> declarations_out_of_reach(const model::Schema& from, const model::Schema& to,
                                                   const std::vector<Change>& changes) {
  std::set<std::string> made, dropped;
  for (const Change& change : changes) {
    if (change.op == Change::Op::create) made.insert(change.object().key);
    if (change.op == Change::Op::drop) dropped.insert(change.object().key);
  }
  std::map<std::pair<std::string, Outcome>, model::List> columns;  // by table
  const auto add = [&](const Object& column, Outcome outcome) {
    columns[{column.parent, outcome}].push_back(quote_identifier(column.name()));
  };
  for (const Change& change : changes) {
    const Object& column = change.object();
    if (change.op == Change::Op::create && precedes_its_parent(column, made, to, from))
      add(column, Outcome::comes_declared);
    if (change.op == Change::Op::drop && precedes_its_parent(column, dropped, from, to))
      add(column, Outcome::comes_back_declared);
  }
  for (const Object& after : to.objects()) {
    const Object* before = after.kind == &kinds::column ? from.find(after.key) : nullptr;
    if (before == nullptr || made.count(after.key) != 0) continue;
    if (!is_inherited_alone(after) && !is_inherited_alone(*before)) continue;
    if (is_of_partition(after, from) || is_of_partition(after, to)) continue;
    const Outcome outcome = outcome_of(*before, after);
    if (outcome != Outcome::as_wanted) add(after, outcome);
  }
  std::vector<std::string> sentences;
  sentences.reserve(columns.size());
  for (const auto& [at, names] : columns)
    sentences.push_back(at.first + ": " + std::string(sentence(at.second)) + ": " + join(names, ", ") +
                        "; PostgreSQL has no statement that would change it");
  return sentences;
}

}  // namespace segue::plan
