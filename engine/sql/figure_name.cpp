// The names of columns that nobody named.
#include <utility>

#include "sql/canonical_tree.h"

namespace segue::sql {
namespace {

std::string_view value_function_name(std::string_view op) {
  constexpr std::pair<std::string_view, std::string_view> all[] = {{"SVFOP_CURRENT_DATE", "current_date"},
                                                                   {"SVFOP_CURRENT_TIMESTAMP", "current_timestamp"},
                                                                   {"SVFOP_CURRENT_TIMESTAMP_N", "current_timestamp"},
                                                                   {"SVFOP_CURRENT_TIME", "current_time"},
                                                                   {"SVFOP_CURRENT_TIME_N", "current_time"},
                                                                   {"SVFOP_LOCALTIME", "localtime"},
                                                                   {"SVFOP_LOCALTIME_N", "localtime"},
                                                                   {"SVFOP_LOCALTIMESTAMP", "localtimestamp"},
                                                                   {"SVFOP_LOCALTIMESTAMP_N", "localtimestamp"},
                                                                   {"SVFOP_CURRENT_ROLE", "current_role"},
                                                                   {"SVFOP_CURRENT_USER", "current_user"},
                                                                   {"SVFOP_USER", "user"},
                                                                   {"SVFOP_SESSION_USER", "session_user"},
                                                                   {"SVFOP_CURRENT_CATALOG", "current_catalog"},
                                                                   {"SVFOP_CURRENT_SCHEMA", "current_schema"}};
  for (const auto& [name, column] : all) {
    if (name == op) return column;
  }
  return {};
}

/// A name and how strongly it is meant (0: none, 1: a type's or "case", 2: a real one).
std::pair<std::string, int> figure(Node node) {
  const std::string_view type = node.type();
  if (type == "ColumnRef") {
    std::string name;
    for (const Node field : node.list("fields")) {
      if (field.is("String")) name = field.text();
    }
    return {name, name.empty() ? 0 : 2};
  }
  if (type == "A_Indirection") {
    std::string name;
    for (const Node part : node.list("indirection")) {
      if (part.is("String")) name = part.text();
    }
    return name.empty() ? figure(node["arg"]) : std::pair(name, 2);
  }
  if (type == "FuncCall") return {std::string(node.list("funcname").back().text()), 2};
  if (type == "A_Expr" && node.text("kind") == "AEXPR_NULLIF") return {"nullif", 2};
  if (type == "TypeCast") {
    auto inner = figure(node["arg"]);
    if (inner.second > 1) return inner;
    return {std::string(node["typeName"].list("names").back().text()), 1};
  }
  if (type == "CollateClause") return figure(node["arg"]);
  if (type == "GroupingFunc") return {"grouping", 2};
  if (type == "SubLink") {
    const std::string_view kind = node.text("subLinkType");
    if (kind == "EXISTS_SUBLINK") return {"exists", 2};
    if (kind == "ARRAY_SUBLINK") return {"array", 2};
    if (kind != "EXPR_SUBLINK") return {};
    const Node target = node["subselect"].list("targetList").front();
    if (!target) return {};
    return target.has("name") ? std::pair(std::string(target.text("name")), 2) : figure(target["val"]);
  }
  if (type == "CaseExpr") {
    auto inner = figure(node["defresult"]);
    return inner.second > 1 ? inner : std::pair(std::string("case"), 1);
  }
  if (type == "A_ArrayExpr") return {"array", 2};
  if (type == "RowExpr") return {"row", 2};
  if (type == "CoalesceExpr") return {"coalesce", 2};
  if (type == "MinMaxExpr") return {node.text("op") == "IS_LEAST" ? "least" : "greatest", 2};
  if (type == "SQLValueFunction") return {std::string(value_function_name(node.text("op"))), 2};
  return {};
}

}  // namespace

std::string figure_column_name(Node expression) {
  auto [name, strength] = figure(expression);
  return strength == 0 ? "?column?" : name;
}

}  // namespace segue::sql
