#include "kinds/volatility.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "sql/script.h"

namespace segue::kinds {
namespace {

Computed computed(const sql::Node& node);

Computed worst(const sql::List& nodes) {
  Computed found = Computed::never;
  for (const sql::Node node : nodes) found = std::max(found, computed(node));
  return found;
}

/// pg_proc.dat: these are stable whatever their arguments.
Computed computed_call(const sql::Node& call) {
  static const std::set<std::string_view> stable = {"now", "transaction_timestamp", "statement_timestamp"};
  const sql::List names = call.list("funcname");
  if (names.size() == 0) return Computed::per_row;
  const bool is_known =
      stable.count(names[names.size() - 1].text()) != 0 && (names.size() == 1 || names[0].text() == "pg_catalog");
  return is_known ? Computed::once : Computed::per_row;
}

Computed computed(const sql::Node& node) {
  if (node.is("A_Const")) return Computed::never;
  if (node.is("TypeCast")) return computed(node["arg"]);
  if (node.is("CollateClause")) return computed(node["arg"]);
  if (node.is("A_ArrayExpr")) return worst(node.list("elements"));
  if (node.is("SQLValueFunction")) return Computed::once;
  if (node.is("FuncCall")) return computed_call(node);
  return Computed::per_row;
}

}  // namespace

Computed computed(const std::string& expression) {
  const Result<sql::Fragment> parsed = sql::parse_expression(expression);
  return parsed ? computed(parsed->node()) : Computed::per_row;
}

}  // namespace segue::kinds
