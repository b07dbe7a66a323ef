// What a reference to a column means: parse_relation.c over the range tables of a query.
#include <algorithm>
#include <utility>

#include "sql/canonical_tree.h"

namespace segue::sql {
namespace {

std::string level_mark(int level) { return level == 0 ? std::string() : "^" + std::to_string(level); }

bool has_column(const RangeEntry& entry, std::string_view name) {
  return std::any_of(entry.columns.begin(), entry.columns.end(),
                     [&](const OutputColumn& column) { return column.name == name; });
}

bool all_known(const Scope& scope) {
  return scope.merged.empty() &&
         std::all_of(scope.entries.begin(), scope.entries.end(), [](const RangeEntry& one) { return one.known; });
}

}  // namespace

std::vector<OutputColumn> Canonicalizer::columns_of(const std::string& schema, const std::string& relation) const {
  std::vector<OutputColumn> columns;
  if (!names_.columns_of || relation.empty()) return columns;
  std::vector<std::string> names = names_.columns_of(schema, relation);
  for (std::string& name : names) columns.push_back({name, {}, std::move(name)});
  return columns;
}

ValueType Canonicalizer::type_of_output(const RangeEntry& entry, const OutputColumn& column) const {
  return column.type.known() || column.source.empty() ? column.type
                                                      : type_of_column(entry.schema, entry.relation, column.source);
}

void Canonicalizer::note_absent(Node reference, std::vector<std::string> names) const {
  if (absent_ == nullptr) return;
  Mention mention;
  mention.object_class = Mention::Class::column;
  mention.names = std::move(names);
  mention.location = reference.location() - offset_;
  const bool is_noted = std::any_of(absent_->begin(), absent_->end(),
                                    [&](const Mention& one) { return one.location == mention.location; });
  if (!is_noted) absent_->push_back(std::move(mention));  // the arms of a set operation are read twice
}

Value Canonicalizer::column_of(const RangeEntry& entry, int level, const std::string& name) const {
  tell(entry, name);
  Value value;
  value.text = entry.ref + level_mark(level) + "." + name;
  for (const OutputColumn& column : entry.columns) {
    if (column.name == name) value.type = type_of_output(entry, column);
  }
  if (entry.columns.empty()) value.type = type_of_column(entry.schema, entry.relation, name);
  value.exact = value.type.known();
  return value;
}

// parse_relation.c colNameToVar and scanNameSpaceForRefname: the innermost range table first. Where an entry's columns
// are not known, a bare name is left unresolved unless only that entry can own it.
Value Canonicalizer::column(Node node, const Scope& scope) const {
  const List fields = node.list("fields");
  const bool star = fields.back().is("A_Star");
  const std::vector<std::string> parts = strings(fields);
  Value value;
  std::string plain;
  for (const std::string& part : parts) plain += (plain.empty() ? "" : ".") + (part.empty() ? "*" : part);
  const auto found = [&](const RangeEntry& entry, int level, const std::string& name) {
    if (entry.known && !has_column(entry, name)) note_absent(node, parts);
    return column_of(entry, level, name);
  };
  const auto matches = [&](const RangeEntry& entry) {
    const std::string& own = entry.is_home ? entry.relation : entry.ref;
    if (parts.size() == 2) return parts[0] == own;
    return parts.size() == 3 && parts[0] == entry.schema && parts[1] == entry.relation &&
           (entry.is_home || entry.ref == entry.relation);
  };
  int level = 0;
  bool any_entry = false;
  bool is_told = star;
  bool is_nowhere = !star && parts.size() < 4;
  for (const Scope* at = &scope; at != nullptr; at = at->outer, ++level) {
    any_entry = any_entry || !at->entries.empty();
    is_nowhere = is_nowhere && all_known(*at);
    if (parts.size() > 1) {
      for (const RangeEntry& entry : at->entries) {
        if (matches(entry))
          return star ? (value.text = entry.ref + level_mark(level) + ".*", value) : found(entry, level, parts.back());
      }
      continue;
    }
    const bool is_merged = std::find(at->merged.begin(), at->merged.end(), parts[0]) != at->merged.end();
    if (is_merged) is_told = true;  // tell_merged
    if (star || is_merged) break;
    std::vector<const RangeEntry*> owners;
    std::vector<const RangeEntry*> unknown;
    const RangeEntry* whole_row = nullptr;
    for (const RangeEntry& entry : at->entries) {
      if (has_column(entry, parts[0])) {
        owners.push_back(&entry);
      } else if (!entry.known) {
        unknown.push_back(&entry);
      } else if ((entry.is_home ? entry.relation : entry.ref) == parts[0]) {
        whole_row = &entry;
      }
    }
    if (owners.size() == 1) return found(*owners.front(), level, parts[0]);
    if (owners.empty() && unknown.size() == 1 && at->outer == nullptr && whole_row == nullptr)
      return found(*unknown.front(), level, parts[0]);
    is_nowhere = is_nowhere && owners.empty();
    if (!owners.empty() || !unknown.empty()) break;
    if (whole_row != nullptr) {
      value.text = whole_row->ref + level_mark(level) + ".*";
      return value;
    }
  }
  // NEW and OLD of a trigger's condition have the columns of its table.
  if (parts.size() == 2 && !star && (parts[0] == "new" || parts[0] == "old") && !scope.entries.empty() &&
      scope.entries.front().is_home) {
    tell(scope.entries.front(), parts[1]);
    value.text = parts[0] + "." + parts[1];
    value.type = type_of_column(scope.entries.front().schema, scope.entries.front().relation, parts[1]);
    value.exact = value.type.known();
    return value;
  }
  if (!is_told && names_.on_column) names_.on_column("", "", parts.back());
  if (any_entry && is_nowhere) note_absent(node, parts);
  value.text = (any_entry ? "?" : ".") + plain;
  return value;
}

/// A column of the relation behind an entry of the range table; what a query within gives out was told of there.
void Canonicalizer::tell(const RangeEntry& entry, std::string_view name) const {
  if (!names_.on_column || entry.relation.empty()) return;
  const auto named = std::find_if(entry.columns.begin(), entry.columns.end(),
                                  [&](const OutputColumn& column) { return column.name == name; });
  const bool renamed = named != entry.columns.end() && !named->source.empty();
  names_.on_column(entry.schema, entry.relation, renamed ? named->source : std::string(name));
}

void Canonicalizer::tell_all(const RangeEntry& entry) const {
  for (const OutputColumn& column : entry.columns) tell(entry, column.name);
  if (!entry.known) tell(entry, "*");
}

/// The columns that a statement gives values to are those of its target (dependency.c find_expr_references_walker).
void Canonicalizer::tell_assigned(Node node) {
  if (!names_.on_column) return;
  Scope target;
  relation(node["relation"], target);
  for (const std::string_view list : {"cols", "targetList"}) {
    for (const Node one : node.list(list)) tell(target.entries.front(), one.text("name"));
  }
}

/// Columns that USING names or NATURAL finds on both sides: entries from `left` on and from `right` on.
void Canonicalizer::tell_merged(const Scope& scope, std::size_t left, std::size_t right, Node node) const {
  if (!names_.on_column) return;
  std::vector<std::string> names = strings(node.list("usingClause"));
  for (std::size_t i = left; node.flag("isNatural") && i < right; ++i) {
    for (const OutputColumn& column : scope.entries[i].columns) {
      const bool shared = std::any_of(scope.entries.begin() + static_cast<std::ptrdiff_t>(right), scope.entries.end(),
                                      [&](const RangeEntry& entry) { return has_column(entry, column.name); });
      if (shared) names.push_back(column.name);
    }
  }
  for (const std::string& name : names) {
    for (std::size_t i = left; i < scope.entries.size(); ++i) {
      if (has_column(scope.entries[i], name) || !scope.entries[i].known) tell(scope.entries[i], name);
    }
  }
}

}  // namespace segue::sql
