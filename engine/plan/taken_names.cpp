#include "plan/taken_names.h"

#include "kinds/kinds.h"

namespace segue::plan {

using model::Object;

std::vector<std::string> taken_names(const Object& object) {
  std::vector<std::string> names;
  const auto qualified = [&] { return object.names[0] + "\n" + object.names[1]; };
  switch (object.kind->name_space) {
    case model::NameSpace::relation:
      names = {"relation " + model::key_of(*kinds::find("table"), {object.names[0], object.names[1]}),
               "type " + qualified()};
      if (object.kind->sql_class == "INDEX" || object.kind->sql_class == "SEQUENCE") names.pop_back();
      break;
    case model::NameSpace::type:
      names = {"type " + qualified()};
      break;
    case model::NameSpace::routine:
      names = {"routine " + qualified() + "\n" + object.names.back()};
      break;
    default:
      names = {object.key};
      break;
  }
  if (object.kind->names_taken == nullptr) return names;
  for (const std::string& name : object.kind->names_taken(object))
    names.push_back(name.rfind("relation ", 0) == 0 ? "relation table " + name.substr(9) : name);
  return names;
}

}  // namespace segue::plan
