#include "source/psql_commands.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace segue::source {
namespace {

constexpr std::string_view conditions[] = {"if", "elif", "else", "endif"};

/// psql's command.c exec_command, but for \d…, and \setenv and its counterpart.
constexpr std::string_view known =
    " ! . ? C H T a bind c cd connect conninfo copy copyright crosstabview e echo edit ef encoding errverbose ev f g "
    "gdesc gset gx h help html i include include_relative ir l list lo_export lo_import lo_list lo_unlink o out p "
    "parse "
    "password print prompt pset q qecho quit r reset restrict s set sf sv t timing unrestrict unset w warn watch write "
    "x "
    "z ";

bool is_known(std::string_view name) {
  if (!name.empty() && name.back() == '+') name.remove_suffix(1);
  return known.find(" " + std::string(name) + " ") != std::string_view::npos || name.starts_with("d") ||
         name.ends_with("etenv");
}

}  // namespace

void refuse_psql_commands(const sql::Script& script, Diagnostics& errors) {
  for (const sql::MetaCommand& command : script.meta_commands()) {
    const auto refuse = [&](const std::string& what, const std::string& hint) {
      errors.push_back(Diagnostic::error_at(ErrorCode::unsupported, script.locate(command.begin), what, hint));
    };
    if (std::find(std::begin(conditions), std::end(conditions), command.name) != std::end(conditions)) {
      refuse("\\" + command.name + " is not followed: a schema file says one schema",
             "write what is to be there without a condition, or choose between two files with --schema");
    } else if (command.name == "gexec") {
      refuse("\\gexec is not followed: it runs what a query returns", "write the statements themselves");
    } else if (!is_known(command.name)) {
      refuse("psql knows no command \\" + command.name, "take the line out");
    }
  }
}

}  // namespace segue::source
