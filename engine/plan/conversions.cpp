#include "plan/conversions.h"

#include <algorithm>
#include <set>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "plan/planner.h"
#include "plan/write_step.h"

namespace segue::plan {
namespace {

using model::Object;

namespace aside = kinds::aside;

class Conversions {
 public:
  Conversions(model::Schema& live, PlannerInput& input) : live_(live), input_(input) {
    static const std::size_t type = model::attribute(kinds::column, "type");
    for (const diff::Difference& one : input.differences) {
      if (one.from == nullptr || one.from->kind != &kinds::column) continue;
      const auto& changed = one.attributes;
      if (one.to == nullptr || std::find(changed.begin(), changed.end(), type) != changed.end())
        unsteady_.insert(one.from->key);
    }
  }

  void look_at(const diff::Difference& one) {
    if (one.to == nullptr) return mark_if_it_comes_back(*one.from);
    if (one.from == nullptr || one.to == nullptr || !loses(one)) return;
    const Object* after = one.to;
    if (one.from->kind == &kinds::column) keep(*one.from, *after, one.from->key);
    if (one.from->kind != &kinds::enum_type) return;
    for (const Object* user : users_with_expression(*one.from)) keep(*user, *input_.to->find(user->key), one.from->key);
  }

 private:
  bool loses(const diff::Difference& one) const {
    const model::Sides sides{one.from, one.to, input_.from, input_.to, input_.server_version, input_.current_role};
    return std::any_of(one.attributes.begin(), one.attributes.end(), [&](std::size_t i) {
      const model::Attribute& attribute = one.to->kind->attributes[i];
      return attribute.judge != nullptr && attribute.judge(sides) == model::Fidelity::loses_data;
    });
  }

  /// Columns of the type for which the file says how their values follow.
  std::vector<const Object*> users_with_expression(const Object& type) const {
    static const std::size_t held = model::attribute(kinds::column, "type");
    static const std::size_t expression = model::attribute(kinds::column, "using");
    const std::string name = quote_qualified(type.names[0], type.names[1]);
    std::vector<const Object*> users;
    for (const Object& object : live_.objects()) {
      if (object.kind != &kinds::column || (object.text(held) != name && object.text(held) != name + "[]")) continue;
      const Object* after = input_.to->find(object.key);
      const bool follows_parent = !kinds::column.implied_by(object).empty();
      if (after != nullptr && after->has(expression) && !follows_parent) users.push_back(&object);
    }
    return users;
  }

  /// A column that goes comes back with values of its type, which has to allow for that (enum_type.cpp
  /// uses_new_label). The expression is run by nobody: the copy has no name yet.
  void mark_if_it_comes_back(const Object& gone) {
    static const std::size_t expression = model::attribute(kinds::column, "using");
    if (gone.kind != &kinds::column || gone.depends.empty()) return;
    (*live_.find(gone.key))[expression] = model::Definition{aside::looked_up({&gone, {}, gone.name(), "NULL"}), ""};
  }

  void keep(const Object& column, const Object& after, const std::string& key) {
    static const std::size_t expression = model::attribute(kinds::column, "using");
    const Object* table = live_.find(column.parent);
    if (table == nullptr || table->kind != &kinds::table || !kinds::column.implied_by(column).empty()) return;
    std::vector<const Object*> gone;
    for (const Object* child : std::as_const(live_).children(table->key)) {
      if (unsteady_.count(child->key) != 0) gone.push_back(child);
    }
    KeptConversion& kept = input_.conversions[key];
    aside::Copy copy{&column, aside::key_of_rows(*table, live_, gone), "", aside::cast_back(after, column), true};
    if (const std::string why_not = aside::why_not_copied(*table, copy); !why_not.empty()) {
      kept.why_not = why_not;
      return;
    }
    copy.name = name_aside(column, "", input_.retained);
    (*live_.find(column.key))[expression] = model::Definition{aside::looked_up(copy), ""};
    kept.copies.push_back(std::move(copy));
  }

  model::Schema& live_;
  PlannerInput& input_;
  std::set<std::string> unsteady_;  ///< columns that go, or whose values change: no row is known by them
};

}  // namespace

void keep_conversions(model::Schema& live, PlannerInput& input) {
  if (!input.keeps_rows()) return;
  Conversions conversions(live, input);
  for (const diff::Difference& one : input.differences) conversions.look_at(one);
}

}  // namespace segue::plan
