#include "model/whole.h"

namespace segue::model {

bool is_top_level(const Object& object) { return object.parent.empty() || object.parent.rfind("schema ", 0) == 0; }

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
