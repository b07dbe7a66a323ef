// Names that the server makes of others: "books_title_idx" of a table, a column and what it is.
//
// Used by the kinds and by source/ wherever a file leaves a name to the server.
#pragma once

#include <string>
#include <string_view>

namespace segue::kinds {

/// indexcmds.c makeObjectName: the longer of the two names is cut first until all fits in 63 bytes. "" leaves a part
/// out.
std::string make_object_name(std::string_view name1, std::string_view name2, const std::string& label);

}  // namespace segue::kinds
