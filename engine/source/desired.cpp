#include "source/desired.h"

#include "source/interpreter.h"

namespace segue::source {

Result<Scripts> parse_all(const std::vector<SchemaText>& texts) {
  Scripts scripts;
  Diagnostics errors;
  for (const SchemaText& text : texts) {
    auto script = sql::parse(text.text, text.path);
    if (script) {
      scripts.push_back(std::move(*script));
    } else {
      errors.insert(errors.end(), script.diagnostics().begin(), script.diagnostics().end());
    }
  }
  if (!errors.empty()) return Failure(std::move(errors));
  return scripts;
}

Result<Desired> read_desired(const Scripts& scripts, const SourceOptions& options) {
  Interpreter interpreter(options);
  for (const sql::Script& script : scripts) interpreter.run(script);
  return interpreter.finish();
}

}  // namespace segue::source
