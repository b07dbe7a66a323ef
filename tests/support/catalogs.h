// The catalogs of a database as text, where no pg_dump is there that knows the server.
//
// Called by Database::dump(). Unlike segue, which asks for the columns that it knows, it prints every column of every
// catalog, so that what a newer server keeps and segue does not read is seen too. Never reads a user's table.
#pragma once

#include <string>

namespace segue::test {

/// A script for psql, for servers from 14 on. It prints an entry for each object, in the form of pg_dump's entries
/// (dump.h), the schemas of segue left out.
std::string catalogs_script();

}  // namespace segue::test
