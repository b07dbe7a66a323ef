#include "model/whole.h"

#include "model/kind.h"

namespace segue::model {

bool is_top_level(const Object& object) { return object.parent.empty() || object.parent.rfind("schema ", 0) == 0; }

bool is_aspect(const Object& object) { return object.kind->name_space == NameSpace::of_target; }

const Object& whole_of(const Object& object, const Schema& schema) {
  const Object* at = &object;
  while (!is_top_level(*at)) {
    const Object* parent = schema.find(at->parent);
    if (parent == nullptr) break;
    at = parent;
  }
  return *at;
}

}  // namespace segue::model
