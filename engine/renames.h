// Which objects of the database the file calls otherwise: by its annotations, and because nothing but a name differs.
//
// Used by make_plan.cpp before the two sides are compared.
#pragma once

#include <vector>

#include "model/schema.h"
#include "plan/renames.h"
#include "same/same.h"
#include "source/desired.h"

namespace segue {

/// The annotations that have still to be followed: an object that has its new name already is left as it is. Of two
/// that swap their names and are alike nobody can tell: they are left, and named in a warning.
std::vector<plan::RenameWish> renames_by_annotation(const source::Desired& desired, const model::Schema& live,
                                                    std::vector<std::string>& warnings);

/// Constraints, indexes and the like that stand on both sides of one parent under two names.
std::vector<plan::RenameWish> renames_by_likeness(const same::World& world);

}  // namespace segue
