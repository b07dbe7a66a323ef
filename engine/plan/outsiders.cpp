#include "plan/outsiders.h"

#include <algorithm>
#include <map>

#include "kinds/taken_names.h"
#include "model/whole.h"
#include "plan/refusals.h"

namespace segue::plan {
namespace {

using model::Object;

/// What becomes of an object, and so whom of its dependents the server would hold against it: all (dependency.c
/// findDependentObjects), or those that it cannot alter under (tablecmds.c RememberAllDependentForRebuilding).
enum class Touch { goes, disturbed, type_changes };

/// By key: what becomes of the objects that somebody may depend on.
std::map<std::string, Touch> touched(const ChangeInput& input, const std::vector<Change>& changes) {
  std::map<std::string, Touch> found;
  for (const Change& change : changes) {
    const Object& object = change.object();
    if (change.op == Change::Op::drop) {
      found[object.key] = Touch::goes;
    } else if (change.op == Change::Op::alter && impact_of(input, change, false) == Impact::disturbs) {
      const bool is_type = object.kind->name_space == model::NameSpace::type;
      found.emplace(object.key, is_type ? Touch::type_changes : Touch::disturbed);
    }
  }
  return found;
}

Diagnostic uses(const Object& outsider, const std::string& used, Touch touch) {
  return about(outsider, " is not in the schema file and uses " + used,
               touch == Touch::goes ? "the plan drops that, or drops it and creates it again"
                                    : "the plan changes that in a way which PostgreSQL refuses while it is used",
               "put it into the file as it is, and the plan takes care of it; or drop it by hand first");
}

Diagnostic has_name(const Object& outsider, const Object& wanted) {
  return about(wanted, " cannot be created: its name is taken by " + outsider.key,
               model::is_top_level(outsider)
                   ? "that is not in the schema file, and not segue's to drop"
                   : "that belongs to " + outsider.parent + ", which is not in the schema file",
               "rename or drop it by hand, or give the object of the file another name");
}

/// Names of the objects that come into being.
std::map<std::string, const Object*> names_wanted(const std::vector<Change>& changes) {
  std::map<std::string, const Object*> names;
  for (const Change& change : changes) {
    if (change.op != Change::Op::create || change.rebuilt || model::is_aspect(*change.to)) continue;
    for (std::string& name : kinds::taken_names(*change.to)) names.emplace(std::move(name), change.to);
  }
  return names;
}

}  // namespace

Diagnostics outsiders_in_the_way(const ChangeInput& input, const std::vector<Change>& changes,
                                 const std::vector<Object>& outsiders) {
  Diagnostics errors;
  if (outsiders.empty()) return errors;
  const std::map<std::string, Touch> touches = touched(input, changes);
  const std::map<std::string, const Object*> wanted = names_wanted(changes);
  const auto is_held_up = [&](const Object& outsider, const std::string& used) {
    const auto touch = touches.find(used);
    return touch != touches.end() && (touch->second != Touch::disturbed || is_rebuilt(outsider));
  };
  for (const Object& outsider : outsiders) {
    if (model::is_aspect(outsider)) continue;
    std::vector<std::string> needs = outsider.depends;
    needs.push_back(outsider.parent);
    const auto used =
        std::find_if(needs.begin(), needs.end(), [&](const std::string& key) { return is_held_up(outsider, key); });
    if (used != needs.end()) errors.push_back(uses(outsider, *used, touches.at(*used)));
    for (const std::string& name : wanted.empty() ? std::vector<std::string>{} : kinds::taken_names(outsider)) {
      const auto taken = wanted.find(name);
      if (taken == wanted.end()) continue;
      errors.push_back(has_name(outsider, *taken->second));
      break;
    }
  }
  return errors;
}

}  // namespace segue::plan
