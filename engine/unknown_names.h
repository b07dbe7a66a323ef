// Names that a file needs and that neither it nor the server has: a plan with one would fail when it is applied.
//
// Called by make_plan.cpp once it is known what changes. Never runs anything but a look at the catalog.
#pragma once

#include <vector>

#include "base/result.h"
#include "base/session.h"
#include "source/desired.h"
#include "source/reads.h"

namespace segue {

/// Fails with all of them. `changed`: the objects of the file whose definitions a plan would send. Extensions that are
/// not there yet may bring any name: then nothing is said.
Status names_are_known(Session& session, const source::Environment& environment, const source::Desired& desired,
                       const source::ReadsFinder& finder, const std::vector<const model::Object*>& changed);

}  // namespace segue
