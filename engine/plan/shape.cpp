// Hashes of objects: what apply compares.
#include "plan/shape.h"

#include <algorithm>

#include "base/hash.h"
#include "model/kind.h"
#include "plan/planner.h"

namespace segue::plan {

std::string shape_attributes(const model::Object& object) {
  std::string text = object.key + "\n";
  const model::Object plain = model::make_object(*object.kind, object.names);
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const model::Attribute& attribute = object.kind->attributes[i];
    if (attribute.change == model::Change::derived || attribute.may_be_left_open) continue;
    if (attribute.type == model::Type::definition) {
      text += std::string(attribute.name) + (object.has(i) ? " is there\n" : "");
    } else if (object[i] != plain[i]) {
      model::Value value = object[i];
      if (auto* list = std::get_if<model::List>(&value); list != nullptr && attribute.unordered)
        std::sort(list->begin(), list->end());
      text += std::string(attribute.name) + "=" + model::to_text(value) +
              "\n";  // defaults do not count: a new attribute breaks no hash
    }
  }
  return sha256(text).substr(0, 32);
}

std::string definition_hash(const std::string& text) { return sha256(text).substr(0, 32); }

Shape live_shape(const model::Object& object) {
  Shape shape;
  shape.attributes = shape_attributes(object);
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const model::Attribute& attribute = object.kind->attributes[i];
    if (attribute.type != model::Type::definition || attribute.change == model::Change::derived || !object.has(i))
      continue;
    shape.definitions[std::string(attribute.name)] = definition_hash(object.definition(i).text);
  }
  return shape;
}

std::string object_hash(const model::Object& object) {
  const Shape shape = live_shape(object);
  std::string text = shape.attributes;
  for (const auto& [name, hash] : shape.definitions) text += "\n" + name + "=" + hash.value_or("");
  return sha256(text).substr(0, 32);
}

}  // namespace segue::plan
