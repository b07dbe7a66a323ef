// The parts of a Shape, for the planner and for those who look at the live side.
#pragma once

#include <string>

#include "model/object.h"

namespace segue::plan {

/// Hash over the attributes that the server does not rewrite.
std::string shape_attributes(const model::Object& object);
/// Hash of a definition's text as the server prints it.
std::string definition_hash(const std::string& text);

}  // namespace segue::plan
