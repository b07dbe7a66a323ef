// What an empty database holds before a schema file runs: template0 of that major.
#pragma once

#include "model/schema.h"
#include "source/desired.h"

namespace segue::source {

/// The schema public and the extension plpgsql, with their comments, owners and privileges.
void add_baseline(model::Schema& schema, const SourceOptions& options);

/// An owner for every object that has one and was given none: the default owner.
void add_owners(model::Schema& schema, const SourceOptions& options);

/// The object that says whose an object is.
model::Object owner_of(const model::Object& object, const std::string& role);

}  // namespace segue::source
