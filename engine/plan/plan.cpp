#include "plan/plan.h"

#include <set>

namespace segue::plan {

// People count objects, not statements: an object that is dropped and made again is one change.
Summary Plan::summary() const {
  std::set<std::string> made;
  std::set<std::string> gone;
  std::set<std::string> changed;
  const auto count = [&](Verb verb, const std::string& object) {
    (verb == Verb::create ? made : verb == Verb::drop ? gone : changed).insert(object);
  };
  for (const Step& step : body.steps) {
    if (step.parts.empty()) count(step.verb, step.object);
    for (const Part& part : step.parts) count(part.verb, part.object);
  }
  for (const std::string& key : made) {
    if (gone.erase(key) > 0) changed.insert(key);
  }
  for (const std::string& key : changed) made.erase(key);
  for (const std::string& key : gone) changed.erase(key);
  return {static_cast<int>(made.size()), static_cast<int>(changed.size()), static_cast<int>(gone.size())};
}

std::string to_string(Verb verb) {
  switch (verb) {
    case Verb::create:
      return "create";
    case Verb::alter:
      return "alter";
    case Verb::drop:
      return "drop";
    case Verb::replace:
      return "replace";
    case Verb::rename:
      return "rename";
  }
  return "alter";
}

}  // namespace segue::plan
