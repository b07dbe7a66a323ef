// Small texts parsed on their own: an expression, a query, a type.
#include <utility>

#include "sql/fragments.h"

namespace segue::sql {
namespace {

Diagnostic not_one(std::string_view what, std::string_view text) {
  return Diagnostic::error(ErrorCode::syntax, "'" + std::string(text) + "' is not " + std::string(what));
}

// The only fields of a SELECT that holds nothing but its list.
bool is_bare_select(Node select) {
  for (std::size_t i = 0; i < select.field_count(); ++i) {
    const std::string_view field = select.field_name(i);
    if (field != "targetList" && field != "limitOption" && field != "op") return false;
  }
  return select.text("op") == "SETOP_NONE" || !select.has("op");
}

}  // namespace

std::string_view Fragment::text() const {
  if (!script_) return {};
  return script_->text().substr(static_cast<std::size_t>(offset_), static_cast<std::size_t>(length_));
}

Result<Fragment> Fragment::read(std::string_view before, std::string_view text, std::string_view after) {
  std::string whole(before);
  whole += text;
  whole += after;
  auto script = Script::read(std::move(whole), {}, static_cast<int>(before.size()), static_cast<int>(after.size()));
  if (!script) return script.failure();
  Fragment fragment;
  fragment.offset_ = static_cast<int>(before.size());
  fragment.length_ = static_cast<int>(text.size());
  fragment.script_ = std::make_shared<const Script>(std::move(*script));
  const auto& statements = fragment.script_->statements();
  if (statements.size() != 1) return not_one("one piece of SQL", text);
  fragment.node_ = statements.front().node;
  return fragment;
}

Result<Fragment> parse_expression(std::string_view text) {
  auto fragment = Fragment::read("SELECT ", text, "\n");
  if (!fragment) return fragment;
  const Node select = fragment->node_;
  const List targets = select.list("targetList");
  const Node target = targets.front();
  const bool is_star = target["val"].is("ColumnRef") && target["val"].list("fields").back().is("A_Star");
  if (!select.is("SelectStmt") || !is_bare_select(select) || targets.size() != 1 || target.has("name") || is_star) {
    return not_one("an expression", text);
  }
  fragment->node_ = target["val"];
  return fragment;
}

Result<Fragment> parse_query(std::string_view text) { return Fragment::read(" ", text, "\n"); }

Result<Fragment> parse_type(std::string_view text) {
  auto fragment = Fragment::read("SELECT CAST(NULL AS ", text, "\n)");
  if (!fragment) return fragment;
  const Node select = fragment->node_;
  const List targets = select.list("targetList");
  const Node cast = targets.front()["val"];
  if (!select.is("SelectStmt") || !is_bare_select(select) || targets.size() != 1 || targets.front().has("name") ||
      !cast.is("TypeCast") || !cast["arg"].is("A_Const")) {
    return not_one("a type", text);
  }
  fragment->node_ = cast["typeName"];
  return fragment;
}

Result<Fragment> parse_body(std::string_view text) {
  auto fragment = Fragment::read("CREATE FUNCTION f() RETURNS void ", text, "\n");
  if (!fragment) return fragment;
  const Node body = fragment->node_["sql_body"];
  if (!body || fragment->node_.has("options")) return not_one("the body of a function", text);
  fragment->node_ = body;
  return fragment;
}

Result<Fragment> parse_as(std::string_view text, Grammar grammar) {
  switch (grammar) {
    case Grammar::expression:
      return parse_expression(text);
    case Grammar::query:
    case Grammar::clause:
      return parse_query(text);
    case Grammar::type:
      return parse_type(text);
    case Grammar::body:
      break;
  }
  return parse_body(text);
}

Result<Fragment> Fragments::parse(std::string_view text, Grammar grammar) {
  constexpr std::size_t most = 1000;  // what is written more than once is written often
  auto& kept = kept_[static_cast<std::size_t>(grammar)];
  std::string key(text);
  if (const auto found = kept.find(key); found != kept.end()) return found->second;
  auto parsed = parse_as(text, grammar);
  if (!parsed) return parsed;
  if (kept.size() >= most) kept.clear();
  kept.emplace(std::move(key), *parsed);
  return parsed;
}

}  // namespace segue::sql
