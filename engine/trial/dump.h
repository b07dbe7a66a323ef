// pg_dump's text as a set of objects, and what two of them differ in.
//
// Used by `segue prove`, and by the tests that let pg_dump judge segue. Two dumps are the same where they hold the same
// objects with the same statements: the order of objects, of the columns of a table, of its storage parameters and of
// grants does not count, since a database that was altered cannot have those of a fresh one. It never compares anything
// else loosely.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace segue::trial {

/// "TABLE public.t" -> the statements that make it, in a form that can be compared byte by byte.
/// Objects of one name (overloads have their types in it) are numbered.
using DumpObjects = std::map<std::string, std::string>;

/// Reads what `pg_dump -s` prints.
DumpObjects parse_dump(const std::string& text);

/// Nothing where they are the same; else each object that differs, with both forms.
std::string dump_difference(const std::string& got, const std::string& wanted);

/// The same without what is there and not wanted.
std::string dump_missing(const std::string& got, const std::string& wanted);

/// What pg_dump prints, without the options (OPTIONS (name 'value', …)) whose name is hidden, and without connection
/// strings (CONNECTION 'value') that are.
struct Hidden {
  bool (*option)(std::string_view name);
  bool (*connection)(std::string_view value);
};
std::string without_hidden(const std::string& dump, const Hidden& hidden);

/// The pieces of `text` between the separators that stand outside quotes, parentheses and comments, trimmed.
std::vector<std::string> split_outside(const std::string& text, char separator);

}  // namespace segue::trial
