// The query of a view as a definition: cut out of the statement's text, and with the view's own column names in it.
//
// Used by view and materialized_view. Never changes what the query means to the server.
#pragma once

#include <string>
#include <vector>

#include "kinds/reader.h"

namespace segue::kinds {

/// From behind AS to the end, without what belongs to the statement and not to its query: WITH … CHECK OPTION and
/// WITH [NO] DATA.
model::Definition query_after_as(DesiredReader& reader);

/// `CREATE VIEW v (a, b) AS query`: the server gives the query's output columns these names (view.c DefineView) and
/// keeps no trace of the list, so that this is what it prints: the query with the names in its own text. Where the
/// columns do not stand one by one in the text and are not known either, the query is wrapped: `SELECT * FROM (query)
/// v(a, b)`.
std::string with_column_names(const std::string& query, const sql::Node& select, const std::vector<std::string>& names,
                              DesiredReader& reader);

model::List quoted_names(const std::vector<std::string>& names);

/// Where a view of either sort keeps its query, the file's own and the names that go with it.
struct NamedQuery {
  std::size_t query, written, column_names;
};
/// ALTER VIEW v RENAME COLUMN: `select` is its query, reader.text() the names of all its columns, one a line;
/// reader.column() has the new name.
void name_columns(model::Object& of, const NamedQuery& at, const sql::Node& select, DesiredReader& reader);

/// What the server printed, without the space before it and the semicolon behind it.
model::Definition printed_query(const std::string& text);

}  // namespace segue::kinds
