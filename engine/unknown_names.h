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

/// Fails with all columns that are unknown, or else with all other names; of those, nothing is said without a `session`
/// with the server that they are of. `changed`: the objects of the file whose definitions a plan would send; `texts`
/// are for the places of messages. Extensions that are not there yet may bring any name: then nothing is said.
Status names_are_known(Session* session, const source::Environment& environment, const source::Desired& desired,
                       const source::ReadsFinder& finder, const std::vector<const model::Object*>& changed,
                       const std::vector<source::SchemaText>& texts);

}  // namespace segue
