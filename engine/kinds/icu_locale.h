// Names of ICU locales as PostgreSQL 16 and later keep them: as language tags (pg_locale.c icu_language_tag).
//
// Used by kinds/collation.cpp. Knows what ICU makes of its older spellings with @ (uloc_toLanguageTag), and leaves
// those as they are of which it does not.
#pragma once

#include <string>

namespace segue::kinds {

/// `en-US-u-kn` for `en_US@colNumeric=yes`: language, script and region in their usual case, "und" for the root,
/// keywords in the order of their keys, without "true", which some versions of ICU write and others do not.
std::string language_tag(const std::string& icu_locale);

}  // namespace segue::kinds
