// A definition's text, made ready to be read: the statement that it parses in, and the schemas of its search path.
//
// Used by source/ and same/. Works on tokens and words; never resolves a name.
#pragma once

#include <string>
#include <vector>

#include "model/kind.h"
#include "sql/canonical.h"

namespace segue::source {

/// The schemas that a search_path names, in order; "$user" is nobody's here and left out.
std::vector<std::string> schemas_of_path(const std::string& path);

/// A piece of a statement within the smallest statement that can hold it; any other text as it is.
std::string parsable(const std::string& text, model::Grammar grammar);

/// How the canonical form is to read what parsable() gives.
sql::Grammar canonical_grammar(model::Grammar grammar);

/// Whether a relation is only of that statement, and not of the piece.
bool is_of_statement_around(const std::vector<std::string>& relation);

}  // namespace segue::source
