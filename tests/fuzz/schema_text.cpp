// Danger: a schema file, however broken, that kills segue or sends it reading outside the text.
//
// libFuzzer's target; with FUZZ_REPLAY defined a program that runs it over the files and folders named on its line.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "sql/canonical.h"
#include "sql/script.h"

namespace {

using namespace segue::sql;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "violated: %s\n", what);
  std::abort();
}

void check_place(const segue::Location& where) {
  require(where.line >= 0 && where.column >= 0, "a location counts from one");
}

void check_statement(const Script& script, const Statement& statement) {
  const auto size = static_cast<int>(script.text().size());
  require(statement.begin >= 0 && statement.begin <= statement.end && statement.end <= size,
          "a statement lies in its text");
  check_place(script.locate(statement.begin));
  for (const Token& token : script.tokens(statement.begin, statement.end)) {
    require(token.begin >= statement.begin && token.end <= statement.end && token.begin < token.end,
            "a token lies in its statement");
  }
  require(statement.node.first_location() <= size, "a node lies in its text");
  for (const Mention& mention : mentions(statement.node)) {
    require(mention.location <= size && !mention.names.empty(), "a mention has a name and lies in the text");
  }
  const std::string_view text = script.text().substr(static_cast<std::size_t>(statement.begin),
                                                     static_cast<std::size_t>(statement.end - statement.begin));
  const Names nobody;
  if (const auto form = canonical(text, Grammar::query, nobody)) {
    const auto again = canonical(text, Grammar::query, nobody);
    require(again.ok() && *again == *form, "a canonical form depends on its text alone");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  int end = 0;
  for (const Token& token : tokens(text, true)) {
    require(token.begin >= end && token.end > token.begin && token.end <= static_cast<int>(size),
            "tokens follow each other");
    end = token.end;
  }
  const auto script = parse(text, "fuzz.sql");
  if (!script) {
    require(!script.diagnostics().empty(), "a failure says why");
    for (const auto& diagnostic : script.diagnostics()) check_place(diagnostic.where);
  } else {
    for (const Statement& statement : script->statements()) check_statement(*script, statement);
    for (const Comment& comment : script->comments()) require(comment.begin < comment.end, "a comment is not empty");
  }
  for (const Grammar grammar : {Grammar::expression, Grammar::type, Grammar::body}) {
    const auto form = canonical(text, grammar, Names{}, {"s", "t", "c"});
    require(form.ok() == mentions(text, grammar).ok(), "what has a canonical form has mentions");
  }
  return 0;
}

#ifdef FUZZ_REPLAY
int main(int argc, char** argv) {
  int count = 0;
  const auto replay = [&count](const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    ++count;
  };
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) {
      replay(argv[i]);
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (entry.is_regular_file()) replay(entry.path());
    }
  }
  std::printf("%d texts\n", count);
  return count > 0 ? 0 : 1;
}
#endif
