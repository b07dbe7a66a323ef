#include "kinds/taken_names.h"

#include "base/quote.h"
#include "model/kind.h"

namespace segue::kinds {

using model::Object;

std::vector<std::string> taken_names(const Object& object) {
  std::vector<std::string> names;
  const auto qualified = [&] { return quote_qualified(object.names[0], object.names[1]); };
  switch (object.kind->name_space) {
    case model::NameSpace::relation:
      names = {"relation " + qualified()};
      // the others have a row type
      if (object.kind->sql_class != "INDEX" && object.kind->sql_class != "SEQUENCE")
        names.push_back("type " + qualified());
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
  for (std::string& name : object.kind->names_taken(object)) names.push_back(std::move(name));
  return names;
}

}  // namespace segue::kinds
