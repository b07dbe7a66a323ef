// The tables and schemas that a publication lists, as the statements on publications name them.
//
// Called by publication.cpp; implemented beside the kinds of the members. Never touches the publication itself.
#pragma once

#include <string>

#include "kinds/reader.h"

namespace segue::kinds::publication_members {

/// `members` are PublicationObjSpec; `publication` is its key.
void add(const sql::List& members, const std::string& publication, DesiredReader& reader);
void remove(const sql::List& members, const std::string& publication, DesiredReader& reader);
void remove_all(const std::string& publication, DesiredReader& reader);

}  // namespace segue::kinds::publication_members
