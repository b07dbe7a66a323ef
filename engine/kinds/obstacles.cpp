#include "kinds/obstacles.h"

#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"

namespace segue::kinds::obstacles {
namespace {

using model::List;
using model::Object;
using model::Sides;

std::string quoted(const List& names, const std::string& before = "") {
  List out;
  for (const std::string& name : names) out.push_back(before + quote_identifier(name));
  return join(out, ", ");
}

/// The relation as it stands, and as it will; null where it does not.
const Object* find_relation(const model::Schema* schema, const std::string& relation) {
  if (schema == nullptr) return nullptr;
  const Object* found = schema->find("table " + relation);
  return found != nullptr ? found : schema->find("materialized view " + relation);
}

void add(model::Emit& emit, model::Obstacle obstacle) {
  if (!emit.fragments().empty()) emit.fragments().back().obstacles.push_back(std::move(obstacle));
}

/// Rows `from` a relation (with its alias) that are looked at one by one, so that a part of them tells something too.
void add_row_by_row(model::Emit& emit, model::Obstacle obstacle, const std::string& from, const std::string& where) {
  obstacle.rows = "FROM " + from + " WHERE " + where;
  obstacle.sample = "FROM " + from + " TABLESAMPLE pg_catalog.system ($1) WHERE " + where;
  add(emit, std::move(obstacle));
}

}  // namespace

bool stand(const Sides& sides, const std::string& relation, const List& names) {
  const Object* before = find_relation(sides.from_schema, relation);
  const Object* after = find_relation(sides.to_schema, relation);
  if (before == nullptr || after == nullptr) return false;
  if (before->kind != &table || after->kind != &table) return false;
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    const std::string key = model::key_of(column, {before->names[0], before->names[1], name});
    const Object* from = sides.from_schema->find(key);
    const Object* to = sides.to_schema->find(key);
    if (from == nullptr || to == nullptr || to->has(model::attribute(column, "backfill"))) return false;
    for (const char* attribute : {"type", "collation", "generated", "generated_kind"}) {
      const std::size_t at = model::attribute(column, attribute);
      if ((*from)[at] != (*to)[at]) return false;
    }
    return true;
  });
}

std::string key_of_rows(const Sides& sides, const std::string& relation) {
  for (const Object* child : sides.from_schema->children("table " + relation)) {
    if (child->kind == &constraint && child->text(model::attribute(constraint, "type")) == "primary key")
      return quoted(child->list(model::attribute(constraint, "columns")));
  }
  return "ctid";
}

void rows_where(const Sides& sides, const std::string& relation, const List& columns, const std::string& condition,
                const std::string& what, bool runs_code, model::Emit& emit) {
  if (!stand(sides, relation, columns)) return;
  add_row_by_row(emit, {what, key_of_rows(sides, relation), "", relation, runs_code}, relation, condition);
}

void equal_rows(const Sides& sides, const std::string& relation, const List& columns, bool nulls_are_equal,
                model::Emit& emit) {
  if (!stand(sides, relation, columns)) return;
  const std::string names = quoted(columns);
  List known;
  for (const std::string& name : columns) known.push_back(quote_identifier(name) + " IS NOT NULL");
  const std::string where = nulls_are_equal ? "" : " WHERE " + join(known, " AND ");
  add(emit, {"values of (" + names + ") that several rows of " + relation + " share", names,
             "FROM " + relation + where + " GROUP BY " + names + " HAVING pg_catalog.count(*) > 1", relation, false});
}

void orphans(const Sides& sides, const std::string& relation, const List& columns, const std::string& target,
             const List& target_columns, model::Emit& emit) {
  if (columns.size() != target_columns.size() || !stand(sides, relation, columns) ||
      !stand(sides, target, target_columns))
    return;
  List pairs;
  List known;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string mine = "r." + quote_identifier(columns[i]);
    pairs.push_back("t." + quote_identifier(target_columns[i]) + " = " + mine);
    known.push_back(mine + " IS NOT NULL");
  }
  add_row_by_row(
      emit,
      {"rows of " + relation + " whose (" + quoted(columns) + ") is not in " + target, key_of_rows(sides, relation), "",
       relation, false},
      relation + " r",
      join(known, " AND ") + " AND NOT EXISTS (SELECT FROM " + target + " t WHERE " + join(pairs, " AND ") + ")");
}

void conflicts(const Sides& sides, const std::string& relation, const List& columns,
               const std::vector<Comparison>& comparisons, const std::string& predicate, bool runs_code,
               model::Emit& emit) {
  if (comparisons.empty() || !stand(sides, relation, columns)) return;
  const std::string key = key_of_rows(sides, relation);
  List keys;
  List pairs;
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const std::string name = "k" + std::to_string(i + 1);
    keys.push_back(comparisons[i].key + " AS " + name);
    pairs.push_back("a." + name + " " + comparisons[i].by_operator + " b." + name);
  }
  // each row under names of our own: an expression is evaluated where its columns are, and compared outside
  const std::string rows = "(SELECT ROW(" + key + ") AS key, tableoid AS part, ctid AS place, " + join(keys, ", ") +
                           " FROM " + relation + (predicate.empty() ? "" : " WHERE " + predicate) + ")";
  add(emit,
      {"pairs of rows of " + relation + " that are in conflict", "a.key, b.key",
       "FROM " + rows + " a JOIN " + rows + " b ON (a.part, a.place) < (b.part, b.place) AND " + join(pairs, " AND "),
       relation, runs_code});
}

void values_where(const Sides& sides, const std::string& condition, const std::string& what, model::Emit& emit) {
  const std::string relation = relation_address(*sides.to);
  if (!stand(sides, relation, {}) || sides.to->has(model::attribute(column, "backfill"))) return;
  add_row_by_row(emit, {what, key_of_rows(sides, relation), "", relation, false}, relation, condition);
}

void unknown(const std::string& what, model::Emit& emit) { add(emit, {what, "", "", "", false}); }

}  // namespace segue::kinds::obstacles
