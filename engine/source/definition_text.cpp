#include "source/definition_text.h"

#include <string_view>

#include "base/quote.h"
#include "sql/lexer.h"

namespace segue::source {

std::vector<std::string> schemas_of_path(const std::string& path) {
  std::vector<std::string> schemas;
  for (const sql::Token& token : sql::tokens(path)) {
    if (token.kind == sql::TokenKind::word) schemas.emplace_back(token.text);
    if (token.kind == sql::TokenKind::quoted_word) {
      std::string name = unquote_identifier(token.text);
      if (name != "$user") schemas.push_back(std::move(name));
    }
  }
  return schemas;
}

/// A relation around a definition that no file and no database has, whatever the search path.
constexpr std::string_view nobody = "pg_temp.nobody";

bool is_of_statement_around(const std::vector<std::string>& relation) { return join(relation, ".") == nobody; }

std::string parsable(const std::string& text, model::Grammar grammar) {
  switch (grammar) {
    case model::Grammar::partition_key:
      return "CREATE TABLE " + std::string(nobody) + " () PARTITION BY " + text;
    case model::Grammar::partition_bound:
      return "ALTER TABLE " + std::string(nobody) + " ATTACH PARTITION " + std::string(nobody) + " " + text;
    case model::Grammar::constraint:
      return "ALTER TABLE " + std::string(nobody) + " ADD CONSTRAINT c " + text;
    default:
      return text;
  }
}

sql::Grammar canonical_grammar(model::Grammar grammar) {
  switch (grammar) {
    case model::Grammar::expression:
      return sql::Grammar::expression;
    case model::Grammar::constraint:
      return sql::Grammar::clause;
    case model::Grammar::type:
      return sql::Grammar::type;
    case model::Grammar::body:
    case model::Grammar::none:
      return sql::Grammar::body;
    default:
      return sql::Grammar::query;
  }
}

}  // namespace segue::source
