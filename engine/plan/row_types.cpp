#include "plan/row_types.h"

#include <algorithm>
#include <optional>

#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/type_change.h"
#include "plan/refusals.h"

namespace segue::plan {
namespace {

using model::Object;

/// The attributes of the kind that changes in this one.
bool changes_in(const Change& change, std::initializer_list<std::string_view> names) {
  return std::any_of(change.attributes.begin(), change.attributes.end(), [&](std::size_t at) {
    return std::find(names.begin(), names.end(), change.to->kind->attributes[at].name) != names.end();
  });
}

/// typcache.c DomainHasConstraints, rewriteHandler.c build_column_default: a domain that does not do without a value,
/// or has one of its own, or is over such a domain.
bool demands_value(const model::Schema& side, const std::string& type) {
  const kinds::TypeParts parts = kinds::parts_of_type(type);
  if (parts.is_array || parts.base.find('.') == std::string::npos) return false;  // none of the system's is one
  for (const Object& object : side.objects()) {
    if (object.kind != &kinds::domain || kinds::relation_address(object) != parts.base) continue;
    const auto children = side.children(object.key);
    return object.flag(model::attribute(kinds::domain, "not_null")) ||
           object.has(model::attribute(kinds::domain, "default")) ||
           std::any_of(children.begin(), children.end(),
                       [](const Object* one) { return one->kind == &kinds::domain_constraint; }) ||
           demands_value(side, object.text(model::attribute(kinds::domain, "type")));
  }
  return false;
}

}  // namespace

bool always_comes_with_value(const model::Schema& side, const Object& column) {
  return column.has(model::attribute(kinds::column, "generated")) ||
         demands_value(side, column.text(model::attribute(kinds::column, "type")));
}

bool comes_with_value(const model::Schema& side, const Object& column) {
  return column.has(model::attribute(kinds::column, "identity")) ||
         side.contains(model::key_of(kinds::column_default, column.names)) || always_comes_with_value(side, column);
}

RowTypes::RowTypes(const model::Schema& side) {
  for (const Object& object : side.objects()) {
    for (const model::Kind* kind : {&kinds::column, &kinds::composite_attribute, &kinds::domain, &kinds::range_type}) {
      if (object.kind != kind) continue;
      const char* made_of = kind == &kinds::range_type ? "subtype" : "type";
      const std::string type = kinds::parts_of_type(object.text(model::attribute(*kind, made_of))).base;
      if (type.find('.') != std::string::npos) by_type_[type].push_back(&object);
    }
  }
}

std::set<std::string> RowTypes::holders_of(const std::string& relation) const {
  std::set<std::string> holders;
  std::set<std::string> seen = {relation};
  std::vector<std::string> open = {relation};
  while (!open.empty()) {
    const auto found = by_type_.find(open.back());
    open.pop_back();
    if (found == by_type_.end()) continue;
    for (const Object* object : found->second) {
      const bool kept_here = object->parent.rfind(std::string(kinds::table.name) + " ", 0) == 0;
      if (object->kind == &kinds::column && kept_here) holders.insert(object->key);
      const std::string whole = kinds::relation_address(*object);
      if (!kept_here && seen.insert(whole).second) open.push_back(whole);
    }
  }
  return holders;
}

namespace {

/// The table, its partitions and what inherits from it, at any depth: a statement that names it meets the rows of all
/// (pg_inherits.c find_all_inheritors).
std::vector<const Object*> with_all_below(const model::Schema& side, const Object& table) {
  static const std::size_t above = model::attribute(kinds::partition, "parent");
  static const std::size_t inherits = model::attribute(kinds::table, "inherits");
  std::unordered_map<std::string, std::vector<const Object*>> below;
  for (const Object& object : side.objects()) {
    if (object.kind == &kinds::partition) below[object.text(above)].push_back(side.find(object.parent));
    if (object.kind != &kinds::table) continue;
    for (const std::string& parent : object.list(inherits)) below[parent].push_back(&object);
  }
  std::vector<const Object*> tables = {&table};
  for (std::size_t at = 0; at < tables.size(); ++at) {
    if (tables[at] == nullptr) continue;
    const std::vector<const Object*>& next = below[kinds::relation_address(*tables[at])];
    for (const Object* one : next) {  // one with two parents may be met twice
      if (std::find(tables.begin(), tables.end(), one) == tables.end()) tables.push_back(one);
    }
  }
  std::erase(tables, nullptr);
  return tables;
}

}  // namespace

bool are_rows_held(const model::Schema& side, const Object& table) {
  const RowTypes types(side);
  const std::vector<const Object*> tables = with_all_below(side, table);
  return std::any_of(tables.begin(), tables.end(),
                     [&](const Object* one) { return !types.holders_of(kinds::relation_address(*one)).empty(); });
}

std::string acts_on_update(const model::Schema& side, const Object& table) {
  for (const Object* one : with_all_below(side, table)) {
    for (const Object* part : side.children(one->key)) {
      if (part->kind == &kinds::trigger || part->kind == &kinds::rule || part->kind == &kinds::policy) return part->key;
    }
  }
  return "";
}

std::vector<RowChange> row_changes(const std::vector<Change>& changes, const model::Schema& from,
                                   const model::Schema& to) {
  std::set<std::string> made;  // or made again
  for (const Change& change : changes) {
    if (change.op != Change::Op::alter) made.insert(change.object().key);
  }
  std::vector<RowChange> found;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Change& change = changes[i];
    const Object& object = change.object();
    const bool written =
        change.op == Change::Op::alter
            ? (object.kind == &kinds::column && changes_in(change, {"type", "collation"})) ||
                  (object.kind == &kinds::table && changes_in(change, {"persistence", "access_method"}))
            : object.kind == &kinds::column && comes_with_value(change.op == Change::Op::create ? to : from, object);
    const std::string& whole = object.kind == &kinds::table ? object.key : object.parent;
    if (written && from.contains(whole) && made.count(whole) == 0)
      found.push_back({i, kinds::relation_address(object)});
  }
  return found;
}

namespace {

Diagnostic refused(const Change& change, const std::string& relation, const std::string& holder) {
  const bool added = change.op == Change::Op::create;
  return about(
      change.object(),
      (added ? " cannot come with a value" : " cannot change") + (" while " + holder + " holds rows of " + relation),
      "PostgreSQL does not write the rows anew that are values of another table",
      added ? "add it without a default, and give it one in the next migration"
            : "drop or change " + holder + " in the same plan, or make a table of the new shape under another name");
}

}  // namespace

Diagnostics refused_under_row_types(const ChangeInput& input, const std::vector<Change>& changes) {
  Diagnostics errors;
  std::vector<RowChange> rows = row_changes(changes, *input.from, *input.to);
  std::erase_if(rows, [&](const RowChange& row) { return changes[row.change].op == Change::Op::drop; });
  if (rows.empty()) return errors;
  std::set<std::string> dropped;
  for (const Change& change : changes) {
    if (change.op == Change::Op::drop) dropped.insert(change.from->key);
  }
  const RowTypes before(*input.from);
  const RowTypes after(*input.to);
  for (const RowChange& row : rows) {
    const std::set<std::string> still = after.holders_of(row.relation);
    for (const std::string& holder : before.holders_of(row.relation)) {
      if (still.count(holder) == 0 || dropped.count(holder) != 0) continue;
      errors.push_back(refused(changes[row.change], row.relation, holder));
      break;
    }
  }
  return errors;
}

}  // namespace segue::plan
