// What DROP, DROP COLUMN and DROP CONSTRAINT take away: what is named, what the tables below have of it, and whatever
// goes along (Dependents).
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "source/dependents.h"
#include "source/interpreter.h"
#include "source/names.h"

namespace segue::source {

using model::List;
using model::Object;

void Interpreter::run_drop(const sql::Node& node) {
  const auto type = node.text("removeType");
  std::vector<std::string> keys;
  for (const sql::Node target : node.list("objects")) {
    const std::vector<std::string> names = any_name(target);
    const bool is_relation =
        type == "OBJECT_TABLE" || type == "OBJECT_VIEW" || type == "OBJECT_SEQUENCE" || type == "OBJECT_INDEX";
    if (is_relation && is_temporary(names)) {
      temporary_.erase(names[0]);
      continue;
    }
    const Object* object = find_object(type, target, node.flag("missing_ok"));
    if (object != nullptr && object->kind == &kinds::column)
      return error(target, "the sequence of the identity " + object->key + " goes with the identity alone",
                   "write ALTER TABLE … ALTER COLUMN … DROP IDENTITY");
    if (object != nullptr) keys.push_back(object->key);
  }
  drop(keys, node);
}

/// `node` says whether what depends on the objects goes along (dependency.c performMultipleDeletions).
void Interpreter::drop(const std::vector<std::string>& keys, const sql::Node& node) {
  if (keys.empty()) return;
  const bool cascade = node.text("behavior") == "DROP_CASCADE";
  const Going going = Dependents(schema(), options_.environment, server_version()).of(keys, cascade);
  if (!cascade && going.held_by) {
    const std::string& needed = going.held_by->needed;
    return error(node,
                 "cannot drop " + join(keys, ", ") + ": " + going.held_by->key + " depends on " +
                     (keys.size() == 1 && needed == keys[0] ? "it" : needed),
                 "drop that before this statement, or write CASCADE");
  }
  for (const Dependent& one : going.uncertain) {
    error(node,
          "this DROP … CASCADE is not followed into " + one.key + ", where only the server can tell whether " +
              one.needed + " is meant",
          "where it is to go, drop it before this statement; where it stays, take CASCADE out");
  }
  forget(going.keys);
}

void Interpreter::forget(const std::unordered_set<std::string>& keys) {
  for (auto& [parent, children] : inheritors_) {
    if (keys.count(parent) != 0) children.clear();
    std::erase_if(children, [&](const std::string& child) { return keys.count(child) != 0; });
  }
  for (const std::string& key : keys) {
    if (key.starts_with("extension ")) result_.unmade.clear();  // what was needed so far may have come with it
    schema().remove(key);
  }
}

void Interpreter::drop_column(const sql::Node& node, const Object& column) {
  std::vector<std::string> keys = {column.key};
  collect_column_below(*schema().find(column.key), !setting("segue.only").empty(), keys);
  drop(keys, node);
}

/// tablecmds.c ATExecDropColumn: a child that has the column from here alone loses it, unless the statement said ONLY:
/// then it is the child's own.
void Interpreter::collect_column_below(Object& column, bool only, std::vector<std::string>& keys) {
  static const std::size_t inherited_from = model::attribute(kinds::column, "inherited_from");
  static const std::size_t local = model::attribute(kinds::column, "local");
  for (const Object* child : inheritors(*schema().find(column.parent))) {
    Object* own = schema().find(model::key_of(kinds::column, {child->names[0], child->names[1], column.name()}));
    if (own == nullptr) continue;
    List from = own->list(inherited_from);
    std::erase(from, column.key);
    const bool is_partition = schema().contains(model::key_of(kinds::partition, child->names));
    const bool goes = !only && from.empty() && (is_partition || !own->flag(local));
    (*own)[inherited_from] = std::move(from);
    if (only) (*own)[local] = true;
    if (!goes) continue;
    keys.push_back(own->key);
    collect_column_below(*own, false, keys);
  }
}

void Interpreter::drop_constraint(const sql::Node& node, const Object& constraint) {
  std::vector<std::string> keys = {constraint.key};
  if (constraint.text(model::attribute(kinds::constraint, "type")) == "check" &&
      !constraint.flag(model::attribute(kinds::constraint, "no_inherit")))
    collect_check_below(constraint, !setting("segue.only").empty(), keys);
  drop(keys, node);
}

/// tablecmds.c ATExecDropConstraint: as with columns. A check that a plain child does not have as its own is no object
/// there, and becomes one with ONLY.
void Interpreter::collect_check_below(const Object& check, bool only, std::vector<std::string>& keys) {
  static const std::size_t inherited_from = model::attribute(kinds::constraint, "inherited_from");
  for (Object* child : inheritors(*schema().find(check.parent))) {
    const List names = {child->names[0], child->names[1], check.name()};
    Object* own = schema().find(model::key_of(kinds::constraint, names));
    if (own == nullptr) {
      if (only) copy_child(check, *child, names);
      continue;
    }
    List from = own->list(inherited_from);
    std::erase(from, check.key);
    (*own)[inherited_from] = std::move(from);
    if (only || !schema().contains(model::key_of(kinds::partition, child->names))) continue;
    keys.push_back(own->key);
    collect_check_below(*own, false, keys);
  }
}

}  // namespace segue::source
