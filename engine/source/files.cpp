// Schema files: one, a directory, and what they include.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
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

/// The files that are being read, each included by the one before, and all that were included so far.
struct Includes {
  std::vector<fs::path> open;
  std::set<fs::path> seen;
};

Status load(const fs::path& path, Includes& includes, std::vector<SchemaText>& texts);

/// \i is relative to where segue runs, \ir to the file that holds it (psql's manual).
Status include(const fs::path& from, const Location& where, const sql::MetaCommand& command, Includes& includes,
               std::vector<SchemaText>& texts) {
  if (command.arguments.empty())
    return Diagnostic::error_at(ErrorCode::syntax, where, "\\" + command.name + " names no file");
  const bool relative = command.name == "ir" || command.name == "include_relative";
  const fs::path path = relative ? from.parent_path() / command.arguments[0] : fs::path(command.arguments[0]);
  std::error_code problem;
  const fs::path canonical = fs::weakly_canonical(path, problem);
  includes.seen.insert(canonical);
  if (std::find(includes.open.begin(), includes.open.end(), canonical) != includes.open.end())
    return Diagnostic::error_at(ErrorCode::invalid, where, path.string() + " includes itself",
                                "take one of the \\i lines out");
  if (!fs::exists(canonical, problem))
    return Diagnostic::error_at(ErrorCode::io, where, "there is no file " + path.string(),
                                relative ? "\\ir looks from the file that it stands in"
                                         : "\\i looks from where segue runs; \\ir from the file that it stands in");
  return load(path, includes, texts);
}

bool includes_a_file(const sql::MetaCommand& command) {
  return command.name == "i" || command.name == "ir" || command.name == "include" || command.name == "include_relative";
}

/// A file with includes is read in pieces, so that every piece stands in its order. Lines and columns hold, since what
/// stands before a piece is blanked and not cut off.
Status load(const fs::path& path, Includes& includes, std::vector<SchemaText>& texts) {
  std::error_code problem;
  const fs::path canonical = fs::weakly_canonical(path, problem);
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
      if (includes_a_file(command)) lines.push_back(command);
    }
  }
  includes.open.push_back(canonical);
  std::size_t from = 0;
  for (const sql::MetaCommand& line : lines) {
    const auto begin = static_cast<std::size_t>(line.begin);
    std::string piece = text->substr(0, begin);
    for (std::size_t i = 0; i < from; ++i) {
      if (piece[i] != '\n') piece[i] = ' ';
    }
    texts.push_back({path.string(), std::move(piece)});
    if (auto status = include(path, script->locate(line.begin), line, includes, texts); !status) return status;
    from = std::min(text->find('\n', begin), text->size());
  }
  std::string rest = std::move(*text);
  for (std::size_t i = 0; i < from; ++i) {
    if (rest[i] != '\n') rest[i] = ' ';
  }
  texts.push_back({path.string(), std::move(rest)});
  includes.open.pop_back();
  return done();
}

}  // namespace

Result<std::vector<SchemaText>> load_files(const std::string& path) {
  std::vector<SchemaText> texts;
  Includes includes;
  std::error_code problem;
  if (!fs::is_directory(path, problem)) {
    if (auto status = load(path, includes, texts); !status) return status.failure();
    return texts;
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path, problem)) {
    if (entry.is_regular_file() && entry.path().extension() == ".sql") files.push_back(entry.path());
  }
  if (files.empty()) return Diagnostic::error(ErrorCode::io, "the directory " + path + " holds no .sql file");
  std::sort(files.begin(), files.end());
  std::vector<std::vector<SchemaText>> pieces(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (auto status = load(files[i], includes, pieces[i]); !status) return status.failure();
  }
  // what another file of the directory includes stands there, and not once more by itself
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (includes.seen.count(fs::weakly_canonical(files[i], problem)) != 0) continue;
    std::move(pieces[i].begin(), pieces[i].end(), std::back_inserter(texts));
  }
  return texts;
}

}  // namespace segue::source
