#include "kinds/partition_bounds.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/obstacles.h"
#include "kinds/partition_parts.h"
#include "kinds/relation.h"
#include "kinds/volatility.h"
#include "sql/cut.h"
#include "sql/lexer.h"

namespace segue::kinds {
namespace {

using model::List;
using model::Object;
using model::Sides;

std::size_t bound_at() {
  static const std::size_t at = model::attribute(partition, "bound");
  return at;
}

bool is_word(const std::string& text, std::string_view lower_case) {
  const auto tokens = sql::tokens(text);
  return tokens.size() == 1 && tokens.front().is_word(lower_case);
}

std::vector<std::string> texts_in(sql::Cutter& cutter) {
  std::vector<std::string> texts;
  for (const sql::Span element : cutter.elements(cutter.parenthesised())) texts.emplace_back(cutter.text(element));
  return texts;
}

/// The columns by which a table is partitioned; none where it is by anything else.
std::vector<const Object*> key_columns(const model::Schema& side, const Object& above) {
  static const std::size_t partition_by = model::attribute(table, "partition_by");
  static const std::size_t type = model::attribute(column, "type");
  const std::string& text = above.definition(partition_by).text;
  sql::Cutter cutter(text, sql::tokens(text));
  std::vector<const Object*> columns;
  for (const std::string& element : texts_in(cutter)) {
    const auto children = side.children(above.key);
    const auto found = std::find_if(children.begin(), children.end(), [&](const Object* child) {
      const std::string name = quoted_name(*child);
      return child->kind == &column && (element == name || is_word(element, name));
    });
    // format_type qualifies types that bring operators of their own
    if (found == children.end() || (*found)->text(type).find('.') != std::string::npos) return {};
    columns.push_back(*found);
  }
  return columns;
}

/// What rows are compared with, one side of a bound: partbounds.c get_qual_for_list and get_qual_for_range.
class Bound {
 public:
  explicit Bound(const std::vector<const Object*>& columns) : columns_(columns) {}

  std::string among(const std::vector<std::string>& values) const {
    const std::string name = quoted_name(*columns_.front());
    List some;
    List any;
    for (const std::string& value : values) {
      if (is_word(value, "null"))
        any.push_back(name + " IS NULL");
      else
        some.push_back(constant(value, 0));
    }
    if (!some.empty()) any.push_back(name + " IN (" + join(some, ", ") + ")");
    return "(" + join(any, " OR ") + ")";
  }

  std::string between(const std::vector<std::string>& lower, const std::vector<std::string>& upper) const {
    List all;
    for (const Object* one : columns_) all.push_back(quoted_name(*one) + " IS NOT NULL");
    // what is equal in all that stands before MINVALUE is above it, and below MAXVALUE
    compare(lower, finite(lower) == lower.size() || is_word(lower[finite(lower)], "minvalue") ? ">=" : ">", all);
    compare(upper, finite(upper) == upper.size() || is_word(upper[finite(upper)], "minvalue") ? "<" : "<=", all);
    return join(all, " AND ");
  }

 private:
  static std::size_t finite(const std::vector<std::string>& values) {
    const auto end = std::find_if(values.begin(), values.end(), [](const std::string& value) {
      return is_word(value, "minvalue") || is_word(value, "maxvalue");
    });
    return static_cast<std::size_t>(end - values.begin());
  }

  std::string constant(const std::string& value, std::size_t at) const {
    static const std::size_t type = model::attribute(column, "type");
    return "CAST(" + value + " AS " + columns_[at]->text(type) + ")";
  }

  void compare(const std::vector<std::string>& values, const std::string& by, List& all) const {
    List names;
    List constants;
    for (std::size_t i = 0; i < finite(values); ++i) {
      names.push_back(quoted_name(*columns_[i]));
      constants.push_back(constant(values[i], i));
    }
    if (!names.empty()) all.push_back("(" + join(names, ", ") + ") " + by + " (" + join(constants, ", ") + ")");
  }

  const std::vector<const Object*>& columns_;
};

/// NULL with a cast is a value like NULL alone, and is not looked for.
bool is_constant(const std::string& value) {
  const auto tokens = sql::tokens(value);
  const bool says_null = std::any_of(tokens.begin(), tokens.end(), [](const auto& one) { return one.is_word("null"); });
  return computed(value) == Computed::never && (!says_null || tokens.size() == 1);
}

bool are_constants(const std::vector<std::string>& values) {
  return std::all_of(values.begin(), values.end(), [](const std::string& value) {
    return is_word(value, "minvalue") || is_word(value, "maxvalue") || is_constant(value);
  });
}

/// Holds for the rows that belong to a partition by its own bound; nothing where the text does not tell.
std::optional<std::string> belongs(const Object& membership, const std::vector<const Object*>& columns) {
  const std::string& text = membership.definition(bound_at()).text;
  sql::Cutter cutter(text, sql::tokens(text));
  if (cutter.skip_to_word("in")) {
    const auto values = texts_in(cutter);
    if (columns.size() != 1 || values.empty() || !are_constants(values)) return std::nullopt;
    return Bound(columns).among(values);
  }
  if (!cutter.skip_to_word("from")) return std::nullopt;
  const auto lower = texts_in(cutter);
  cutter.skip_to_word("to");
  const auto upper = texts_in(cutter);
  const bool fit = lower.size() == columns.size() && upper.size() == columns.size();
  if (!fit || !are_constants(lower) || !are_constants(upper)) return std::nullopt;
  return Bound(columns).between(lower, upper);
}

/// The other partitions of a table.
std::vector<const Object*> beside(const model::Schema& side, const Object& membership) {
  static const std::size_t parent = model::attribute(partition, "parent");
  std::vector<const Object*> found;
  for (const Object& one : side.objects()) {
    if (one.kind == &partition && one.text(parent) == membership.text(parent) && one.key != membership.key)
      found.push_back(&one);
  }
  return found;
}

/// Holds for the rows that belong to any of the partitions.
std::optional<std::string> belongs_to_any(const std::vector<const Object*>& memberships,
                                          const std::vector<const Object*>& columns) {
  List any;
  for (const Object* one : memberships) {
    const auto condition = belongs(*one, columns);
    if (!condition) return std::nullopt;
    any.push_back("(" + *condition + ")");
  }
  return any.empty() ? std::nullopt : std::optional(join(any, " OR "));
}

/// Rows of a partition without partitions of its own, which may come and go as well.
void rows_where(const Sides& sides, const Object& membership, const std::vector<const Object*>& columns,
                const std::string& condition, const std::string& what, model::Emit& emit) {
  const Object* own = sides.from_schema->find(membership.parent);
  if (own == nullptr || own->kind != &table || is_partitioned(own)) return;
  List names;
  for (const Object* one : columns) names.push_back(one->name());
  const std::string relation = relation_address(membership);
  obstacles::rows_where(sides, relation, names, condition, "rows of " + relation + " that " + what, false, emit);
}

}  // namespace

bool is_default(const Object& membership) { return is_word(membership.definition(bound_at()).text, "default"); }

void write_rows_out_of_bounds(const Sides& sides, model::Emit& emit) {
  const Object& comes = *sides.to;
  const Object* above = table_above(*sides.to_schema, comes);
  const auto columns = above == nullptr ? std::vector<const Object*>{} : key_columns(*sides.to_schema, *above);
  if (columns.empty()) return;
  const auto others = beside(*sides.to_schema, comes);
  if (is_default(comes)) {
    if (const auto condition = belongs_to_any(others, columns))
      rows_where(sides, comes, columns, *condition, "belong to other partitions of " + relation_address(*above), emit);
    return;
  }
  const auto condition = belongs(comes, columns);
  if (!condition) return;
  rows_where(sides, comes, columns, "(" + *condition + ") IS NOT TRUE",
             "do not belong to it: " + comes.definition(bound_at()).text, emit);
  for (const Object* one : others) {
    if (is_default(*one)) rows_where(sides, *one, columns, *condition, "belong to " + relation_address(comes), emit);
  }
}

}  // namespace segue::kinds
