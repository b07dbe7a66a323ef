#include "source/desired.h"

#include <cctype>

#include "source/interpreter.h"
#include "source/psql_commands.h"
#include "source/transactions.h"

namespace segue::source {

namespace {

bool is_latin1(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return plain == "latin1" || plain == "iso88591";
}

/// Every byte is a character of Latin-1, and the first 256 of Unicode.
std::string from_latin1(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xC0 | (byte >> 6));
      text += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return text;
}

/// SET client_encoding says how the rest of the file is to be read, whatever its bytes look like: psql sends them as
/// they are, and the server converts. The end of the statement after which another encoding holds; npos for none.
std::size_t changes_encoding(const sql::Script& script, std::size_t from) {
  for (const sql::Statement& statement : script.statements()) {
    if (static_cast<std::size_t>(statement.begin) < from || !statement.node.is("VariableSetStmt") ||
        statement.node.text("name") != "client_encoding")
      continue;
    const sql::List values = statement.node.list("args");
    if (values.size() == 1 && is_latin1(values[0]["sval"].text("sval"))) return static_cast<std::size_t>(statement.end);
  }
  return std::string::npos;
}

}  // namespace

Result<Scripts> parse_all(const std::vector<SchemaText>& texts) {
  Scripts scripts;
  Diagnostics errors;
  for (const SchemaText& text : texts) {
    auto script = sql::parse(text.text, text.path);
    if (script) {
      const std::size_t end = changes_encoding(*script, 0);
      if (end != std::string::npos && end < text.text.size()) {
        script = sql::parse(text.text.substr(0, end) + from_latin1(std::string_view(text.text).substr(end)), text.path);
      }
    }
    if (script) {
      refuse_psql_commands(*script, errors);
      scripts.push_back(std::move(*script));
    } else {
      errors.insert(errors.end(), script.diagnostics().begin(), script.diagnostics().end());
    }
  }
  if (!errors.empty()) return Failure(std::move(errors));
  return scripts;
}

Result<Desired> read_desired(const Scripts& scripts, const SourceOptions& options) {
  Undone undone = undone_in(scripts);
  if (undone.open)
    return Failure(Diagnostic::error_at(ErrorCode::invalid, *undone.open,
                                        "this transaction is never committed: psql would take back all of it",
                                        "write COMMIT behind it, or take BEGIN out"));
  Interpreter interpreter(options);
  interpreter.leave_out(std::move(undone.statements));
  for (const sql::Script& script : scripts) interpreter.run(script);
  return interpreter.finish();
}

Status run_on(model::Schema& schema, const std::string& sql, SourceOptions options) {
  options.search_path = "";
  auto script = sql::parse(sql, "a statement of the plan");
  if (!script) return script.failure();
  Interpreter interpreter(options);
  interpreter.take_over(schema);
  interpreter.run(*script);
  return interpreter.give_back(schema);
}

}  // namespace segue::source
