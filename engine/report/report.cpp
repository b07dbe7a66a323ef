#include "report/report.h"

#include "plan/plan_file.h"

namespace segue::report {

std::optional<Format> format_named(std::string_view name) {
  if (name == "text") return Format::text;
  if (name == "sql") return Format::sql;
  if (name == "json") return Format::json;
  if (name == "markdown") return Format::markdown;
  if (name == "html") return Format::html;
  return std::nullopt;
}

std::string render(const plan::Plan& plan, Format format, const Style& style) {
  switch (format) {
    case Format::text:
      return text(plan, style);
    case Format::sql:
      return sql(plan, style);
    case Format::json:
      return plan::to_json(plan);
    case Format::markdown:
      return markdown(plan);
    case Format::html:
      return html(plan);
  }
  return {};
}

}  // namespace segue::report
