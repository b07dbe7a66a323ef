// Schema files: one, a directory, and what they include.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "source/desired.h"
#include "sql/script.h"

namespace segue::source {
namespace {

namespace fs = std::filesystem;

Result<std::string> read_file(const fs::path& path) {
  std::error_code problem;
  if (fs::is_directory(path, problem)) return Diagnostic::error(ErrorCode::io, path.string() + " is a directory");
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return Diagnostic::error(ErrorCode::io, "cannot read the schema file " + path.string(),
                             "name an existing file with --schema; without it segue reads schema.sql");
  }
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Status load(const fs::path& path, std::vector<fs::path>& open, std::vector<SchemaText>& texts);

/// \i is relative to where segue runs, \ir to the file that holds it (psql's manual).
Status include(const fs::path& from, const sql::MetaCommand& command, std::vector<fs::path>& open,
               std::vector<SchemaText>& texts) {
  if (command.arguments.empty())
    return Diagnostic::error(ErrorCode::syntax, "\\" + command.name + " names no file in " + from.string());
  const bool relative = command.name == "ir" || command.name == "include_relative";
  return load(relative ? from.parent_path() / command.arguments[0] : fs::path(command.arguments[0]), open, texts);
}

bool includes(const sql::MetaCommand& command) {
  return command.name == "i" || command.name == "ir" || command.name == "include" || command.name == "include_relative";
}

/// A file with includes is read in pieces, so that every piece stands in its order. Lines and columns hold, since what
/// stands before a piece is blanked and not cut off.
Status load(const fs::path& path, std::vector<fs::path>& open, std::vector<SchemaText>& texts) {
  std::error_code problem;
  const fs::path canonical = fs::weakly_canonical(path, problem);
  if (std::find(open.begin(), open.end(), canonical) != open.end()) {
    return Diagnostic::error(ErrorCode::invalid, path.string() + " includes itself", "take one of the \\i lines out");
  }
  auto text = read_file(path);
  if (!text) return text.failure();
  if (text->find("\\i") == std::string::npos) {  // every command that includes a file begins so
    texts.push_back({path.string(), std::move(*text)});
    return done();
  }
  auto script = sql::parse(*text, path.string());
  std::vector<sql::MetaCommand> lines;
  if (script) {
    for (const sql::MetaCommand& command : script->meta_commands()) {
      if (includes(command)) lines.push_back(command);
    }
  }
  open.push_back(canonical);
  std::size_t from = 0;
  for (const sql::MetaCommand& line : lines) {
    const auto begin = static_cast<std::size_t>(line.begin);
    std::string piece = text->substr(0, begin);
    for (std::size_t i = 0; i < from; ++i) {
      if (piece[i] != '\n') piece[i] = ' ';
    }
    texts.push_back({path.string(), std::move(piece)});
    if (auto status = include(path, line, open, texts); !status) return status;
    from = std::min(text->find('\n', begin), text->size());
  }
  std::string rest = std::move(*text);
  for (std::size_t i = 0; i < from; ++i) {
    if (rest[i] != '\n') rest[i] = ' ';
  }
  texts.push_back({path.string(), std::move(rest)});
  open.pop_back();
  return done();
}

}  // namespace

Result<std::vector<SchemaText>> load_files(const std::string& path) {
  std::vector<SchemaText> texts;
  std::vector<fs::path> open;
  std::error_code problem;
  if (!fs::is_directory(path, problem)) {
    if (auto status = load(path, open, texts); !status) return status.failure();
    return texts;
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path, problem)) {
    if (entry.is_regular_file() && entry.path().extension() == ".sql") files.push_back(entry.path());
  }
  if (files.empty()) return Diagnostic::error(ErrorCode::io, "the directory " + path + " holds no .sql file");
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    if (auto status = load(file, open, texts); !status) return status.failure();
  }
  return texts;
}

}  // namespace segue::source
