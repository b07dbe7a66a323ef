#include "exec/secrets.h"

#include "base/quote.h"

namespace segue::exec {
namespace {

std::string reference_to(const std::string& name) { return "${secret:" + name + "}"; }

std::string variable_of(const std::string& name) { return "SEGUE_SECRET_" + name; }

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  if (what.empty()) return;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

std::optional<std::string> value_of(const std::string& name, const SecretSource& source) {
  return source ? source(name) : std::nullopt;
}

}  // namespace

Status secrets_are_there(const Job& job, const SecretSource& source) {
  std::string lines;
  for (const Work& work : job.work) {
    if (job.direction == Direction::back) break;  // what is taken back was set by nobody who wrote down its name
    for (const std::string& name : work.step->secrets) {
      if (value_of(name, source)) continue;
      lines += (lines.empty() ? "  " : "\n  ") + work.step->id + "  " + work.step->object + ": " + variable_of(name);
    }
  }
  if (lines.empty()) return done();
  Diagnostic error =
      Diagnostic::error(ErrorCode::refused, "the plan needs secrets that were not given; nothing was changed",
                        "Set the environment variables that are named above, then run the same again.");
  error.why = lines;
  return error;
}

std::string with_secrets(const plan::Step& step, const std::string& sql, const SecretSource& source) {
  std::string filled = sql;
  for (const std::string& name : step.secrets) {
    if (const auto value = value_of(name, source))
      replace_all(filled, quote_literal(reference_to(name)), quote_literal(*value));
  }
  return filled;
}

Diagnostics without_words_of_server(Diagnostics all) {
  all.resize(1);
  Diagnostic& error = all.front();
  if (error.code == ErrorCode::connection || error.code == ErrorCode::locked) return all;
  error.what = "the server refused the statement" +
               (error.sqlstate.empty() ? std::string() : " (SQLSTATE " + error.sqlstate + ")") +
               "; what it said is not shown, since the statement holds a secret";
  error.why.clear();
  error.hint = "The server's own log may say more.";
  return all;
}

}  // namespace segue::exec
