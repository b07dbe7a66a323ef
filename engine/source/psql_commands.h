// Which of psql's own lines a schema file may have.
//
// Called for each file that is read. What includes a file is followed (files.cpp), what ends one ends it, and what
// shows or sets something of psql's is passed over; where passing it over would make another schema, it is an error.
#pragma once

#include "base/diagnostic.h"
#include "sql/script.h"

namespace segue::source {

/// Adds an error for each line that psql would follow and segue does not, and for each that psql does not know.
void refuse_psql_commands(const sql::Script& script, Diagnostics& errors);

}  // namespace segue::source
