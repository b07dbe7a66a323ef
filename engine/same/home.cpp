#include "same/home.h"

#include "kinds/kinds.h"

namespace segue::same {

const model::Object* hangs_on(const model::Object& object, const model::Schema& schema) {
  if (object.kind == &kinds::publication_table) {
    const model::Object* plain = schema.find(model::key_of(kinds::table, {object.names[1], object.names[2]}));
    return plain != nullptr ? plain : schema.find(object.parent);
  }
  return object.parent.empty() ? nullptr : schema.find(object.parent);
}

}  // namespace segue::same
