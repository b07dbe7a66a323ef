// Syntax that the linked libpg_query does not have and a later one has, told by the words around a syntax error.
//
// Called by sql/script.cpp for what the parser refused. It never parses, and never says that a text is right.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sql/lexer.h"

namespace segue::sql {

/// "VIRTUAL came with PostgreSQL 18, …" for an error at tokens[at]; "" where the words are of no known clause, or of
/// one that this grammar has. `message` is the parser's.
std::string newer_grammar_hint(const std::vector<Token>& tokens, std::size_t at, const std::string& message);

/// The same, where only the server's major version tells that its grammar is a newer one; "" where it is none.
std::string newer_server_hint(int server_major);

}  // namespace segue::sql
