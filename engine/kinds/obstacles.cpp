#include "kinds/obstacles.h"

#include <algorithm>
#include <optional>

#include "base/quote.h"
#include "kinds/column_parts.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/volatility.h"

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

namespace {

/// What stands behind FROM for the rows as a statement meets them.
struct Met {
  std::string rows;
  std::string sample;  ///< of $1 percent of them
  bool runs_code = false;
};

Met all_rows(const std::string& relation) {
  return {relation, relation + " TABLESAMPLE pg_catalog.system ($1)", false};
}

/// What a column holds in rows that are there once it is as the plan wants it; nothing where nobody can know.
struct ValueMet {
  std::string text;
  bool runs_code = false;
};

ValueMet backfilled(const Object& wanted) {
  const std::string& text = wanted.definition(column_parts::backfill).text;
  return {text, computed(text) == Computed::per_row};
}

/// The one value that ADD COLUMN gives to all rows (tablecmds.c ATExecAddColumn).
std::optional<ValueMet> value_of_new(const Sides& sides, const Object& wanted) {
  if (!wanted.depends.empty() || wanted.has(column_parts::generated) || wanted.has(column_parts::identity) ||
      !wanted.list(column_parts::inherited_from).empty())
    return std::nullopt;
  if (wanted.has(column_parts::backfill)) return backfilled(wanted);
  for (const Object* part : sides.to_schema->children(wanted.key)) {
    if (part->kind != &column_default) continue;
    const std::string& text = part->definition(0).text;
    if (!part->depends.empty() || computed(text) == Computed::per_row) return std::nullopt;
    return ValueMet{text};
  }
  return ValueMet{"NULL"};
}

std::optional<ValueMet> value_met(const Sides& sides, const Object* standing, const Object& wanted) {
  std::optional<ValueMet> value;
  if (standing == nullptr) {
    value = value_of_new(sides, wanted);
  } else if (wanted.has(column_parts::backfill) && (*standing)[column_parts::type] == wanted[column_parts::type]) {
    const std::string name = quoted_name(wanted);
    value = backfilled(wanted);
    value->text = "COALESCE(" + name + ", " + value->text + ")";
  }
  if (value) value->text = "CAST((" + value->text + ") AS " + wanted.text(column_parts::type) + ")";
  return value;
}

/// The rows of a relation that stands, with those of the columns that the plan adds or fills before the statement runs;
/// nothing where nobody can know what they will be.
std::optional<Met> rows_met(const Sides& sides, const std::string& relation, const List& names) {
  if (stand(sides, relation, names)) return all_rows(relation);
  const Object* before = find_relation(sides.from_schema, relation);
  if (before == nullptr || !stand(sides, relation, {})) return std::nullopt;
  List columns = {"ctid"};
  Met met;
  for (const Object* part : sides.from_schema->children(before->key)) {
    const bool is_asked = std::find(names.begin(), names.end(), part->name()) != names.end();
    if (part->kind == &column && !(is_asked && !stand(sides, relation, {part->name()})))
      columns.push_back(quoted_name(*part));
  }
  for (const std::string& name : names) {
    if (stand(sides, relation, {name})) continue;
    const std::string key = model::key_of(column, {before->names[0], before->names[1], name});
    const Object* wanted = sides.to_schema->find(key);
    const auto value = wanted == nullptr ? std::nullopt : value_met(sides, sides.from_schema->find(key), *wanted);
    if (!value) return std::nullopt;
    columns.push_back(value->text + " AS " + quote_identifier(name));
    met.runs_code = met.runs_code || value->runs_code;
  }
  const Met plain = all_rows(relation);
  const std::string select = "(SELECT " + join(columns, ", ") + " FROM ";
  const std::string alias = ") " + quoted_name(*before);
  met.rows = select + plain.rows + alias;
  met.sample = select + plain.sample + alias;
  return met;
}

/// Rows that are looked at one by one, so that a part of them tells something too.
void add_row_by_row(model::Emit& emit, model::Obstacle obstacle, const Met& met, const std::string& behind) {
  obstacle.rows = "FROM " + met.rows + behind;
  obstacle.sample = "FROM " + met.sample + behind;
  obstacle.runs_code = obstacle.runs_code || met.runs_code;
  add(emit, std::move(obstacle));
}

}  // namespace

void rows_where(const Sides& sides, const std::string& relation, const List& columns, const std::string& condition,
                const std::string& what, bool runs_code, model::Emit& emit) {
  const auto met = rows_met(sides, relation, columns);
  if (!met) return;
  add_row_by_row(emit, {what, key_of_rows(sides, relation), "", relation, runs_code}, *met, " WHERE " + condition);
}

void equal_rows(const Sides& sides, const std::string& relation, const List& columns, bool nulls_are_equal,
                model::Emit& emit) {
  const auto met = rows_met(sides, relation, columns);
  if (!met) return;
  const std::string names = quoted(columns);
  List known;
  for (const std::string& name : columns) known.push_back(quote_identifier(name) + " IS NOT NULL");
  const std::string where = nulls_are_equal ? "" : " WHERE " + join(known, " AND ");
  add(emit, {"values of (" + names + ") that several rows of " + relation + " share", names,
             "FROM " + met->rows + where + " GROUP BY " + names + " HAVING pg_catalog.count(*) > 1", relation,
             met->runs_code});
}

namespace {

/// Whether the plan makes the table, and no rows come into it with a partition that stands.
bool comes_empty(const Sides& sides, const std::string& relation) {
  const Object* after = find_relation(sides.to_schema, relation);
  if (after == nullptr || after->kind != &table || find_relation(sides.from_schema, relation) != nullptr) return false;
  const auto& all = sides.to_schema->objects();
  return !is_partitioned(after) || std::none_of(all.begin(), all.end(), [&](const Object& one) {
    return one.kind == &partition && sides.from_schema->contains(one.parent);
  });
}

}  // namespace

void orphans(const Sides& sides, const std::string& relation, const List& columns, const std::string& target,
             const List& target_columns, model::Emit& emit) {
  if (columns.size() != target_columns.size() || !stand(sides, relation, columns)) return;
  List pairs;
  List known;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string mine = "r." + quote_identifier(columns[i]);
    pairs.push_back("t." + quote_identifier(target_columns[i]) + " = " + mine);
    known.push_back(mine + " IS NOT NULL");
  }
  const bool none_there = comes_empty(sides, target);
  if (!none_there && !stand(sides, target, target_columns)) return;
  const std::string what = "rows of " + relation + " whose (" + quoted(columns) + ") is not in " + target;
  const std::string no_such_row = " AND NOT EXISTS (SELECT FROM " + target + " t WHERE " + join(pairs, " AND ") + ")";
  add_row_by_row(emit,
                 {what + (none_there ? ", which comes empty" : ""), key_of_rows(sides, relation), "", relation, false},
                 {relation + " r", relation + " r TABLESAMPLE pg_catalog.system ($1)", false},
                 " WHERE " + join(known, " AND ") + (none_there ? "" : no_such_row));
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
  add_row_by_row(emit, {what, key_of_rows(sides, relation), "", relation, false}, all_rows(relation),
                 " WHERE " + condition);
}

void unknown(const std::string& what, model::Emit& emit) { add(emit, {what, "", "", "", false}); }

}  // namespace segue::kinds::obstacles
