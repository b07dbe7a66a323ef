#include "kinds/index_names.h"

#include <algorithm>
#include <string>

namespace segue::kinds {
namespace {

/// parse_target.c FigureIndexColname: a call gives its function's name, a cast its argument's; the rest is "expr".
std::string figure_name(const sql::Node& expression) {
  if (expression.is("FuncCall")) return sql::strings(expression.list("funcname")).back();
  if (expression.is("ColumnRef")) return sql::strings(expression.list("fields")).back();
  if (expression.is("TypeCast")) {
    const std::string inner = figure_name(expression["arg"]);
    return inner != "expr" ? inner : sql::strings(expression["typeName"].list("names")).back();
  }
  if (expression.is("CollateClause")) return figure_name(expression["arg"]);
  if (expression.is("CoalesceExpr")) return "coalesce";
  if (expression.is("MinMaxExpr")) return expression.text("op") == "IS_LEAST" ? "least" : "greatest";
  if (expression.is("CaseExpr")) {
    const std::string inner = expression["defresult"] ? figure_name(expression["defresult"]) : "expr";
    return inner != "expr" ? inner : "case";
  }
  if (expression.is("A_Expr") && expression.text("kind") == "AEXPR_NULLIF") return "nullif";
  if (expression.is("A_ArrayExpr")) return "array";
  if (expression.is("RowExpr")) return "row";
  if (expression.is("A_Indirection")) {
    for (std::size_t i = expression.list("indirection").size(); i-- > 0;) {
      const sql::Node step = expression.list("indirection")[i];
      if (step.is("String")) return std::string(step.text());
    }
    return figure_name(expression["arg"]);
  }
  return "expr";
}

}  // namespace

model::List index_column_names(const std::vector<sql::Node>& elements) {
  model::List names;
  for (const sql::Node& element : elements) {
    const std::string_view written = element.text("name");
    const std::string base = written.empty() ? figure_name(element["expr"]) : std::string(written);
    std::string name = base;
    for (int i = 1; std::find(names.begin(), names.end(), name) != names.end(); ++i) name = base + std::to_string(i);
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace segue::kinds
