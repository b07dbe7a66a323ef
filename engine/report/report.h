// A plan as people and machines read it: text, SQL, Markdown, HTML, JSON.
//
// Called by cli/ with a plan that was made or read. Reads the plan and nothing else, never a database; writes nowhere.
// Names of objects are somebody else's text: no format lets one break out of where it stands.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plan/plan.h"

namespace segue::report {

enum class Format { text, sql, json, markdown, html };

/// "text", "sql", "json", "markdown", "html".
std::optional<Format> format_named(std::string_view name);

struct Style {
  bool color = false;     ///< ANSI colours; the caller knows of terminals and NO_COLOR
  bool terminal = false;  ///< SQL too is shown with control characters made visible, as it is in all other formats
};

std::string render(const plan::Plan& plan, Format format, const Style& style = {});

/// For the terminal: a tree per table, SQL, locks, hazards, the way back, and a summary line at the end.
std::string text(const plan::Plan& plan, const Style& style = {});
/// A script that psql runs in one transaction, the way back as a comment at its end.
std::string sql(const plan::Plan& plan, const Style& style = {});
/// The way back as a script of its own.
std::string rollback_sql(const plan::Plan& plan, const Style& style = {});
/// For a comment of a pull request, never longer than GitHub takes.
std::string markdown(const plan::Plan& plan);
/// One page without any file or script beside it.
std::string html(const plan::Plan& plan);

/// `Plan: 3 to add, 2 to change, 1 to drop`, or that there are no changes.
std::string summary_line(const plan::Plan& plan);

}  // namespace segue::report
