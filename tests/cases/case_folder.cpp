#include "case_folder.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <stdexcept>

#include "support/files.h"

namespace segue::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

bool has(const std::vector<std::string>& list, const char* value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

void read_directions(const std::vector<std::string>& directions, CaseFolder& folder) {
  folder.forward = has(directions, "forward");
  folder.back = has(directions, "back");
  if (static_cast<std::size_t>(folder.forward) + static_cast<std::size_t>(folder.back) != directions.size()) {
    throw std::runtime_error("directions are \"forward\" and \"back\"");
  }
}

void read_rows(const std::string& rows, CaseFolder& folder) {
  if (rows != "kept" && rows != "lost") throw std::runtime_error("rows are \"kept\" or \"lost\"");
  folder.rows_kept = rows == "kept";
}

void read_member(const std::string& name, const Json& value, CaseFolder& folder) {
  if (name == "min_server") {
    folder.min_server = value.get<int>();
  } else if (name == "max_server") {
    folder.max_server = value.get<int>();
  } else if (name == "compression") {
    folder.compression = value.get<std::string>();
  } else if (name == "noop") {
    folder.noop = value.get<bool>();
  } else if (name == "directions") {
    read_directions(value.get<std::vector<std::string>>(), folder);
  } else if (name == "contains") {
    folder.contains = value.get<std::vector<std::string>>();
  } else if (name == "absent") {
    folder.absent = value.get<std::vector<std::string>>();
  } else if (name == "hazards") {
    folder.hazards = value.get<std::vector<std::string>>();
  } else if (name == "rows") {
    read_rows(value.get<std::string>(), folder);
  } else if (name == "renamed") {
    folder.renamed = value.get<std::map<std::string, std::string>>();
  } else if (name == "remade") {
    folder.remade = value.get<std::set<std::string>>();
  } else if (name == "undecided") {
    folder.undecided = value.get<int>();
  } else if (name == "skip") {
    folder.skip = value.get<std::string>();
  } else {
    throw std::runtime_error("no such member: " + name);
  }
}

CaseFolder read_folder(const fs::path& path) {
  CaseFolder folder;
  folder.path = path;
  folder.name = path.parent_path().filename().string() + "__" + path.filename().string();
  try {
    for (const fs::path& file : {folder.before(), folder.after()}) {
      if (!fs::exists(file)) throw std::runtime_error("there is no " + file.filename().string());
    }
    if (fs::exists(path / "expect.json")) {
      const Json expect = Json::parse(read_file(path / "expect.json"));
      for (const auto& [name, value] : expect.items()) read_member(name, value, folder);
    }
  } catch (const std::exception& error) {
    folder.problem = error.what();
  }
  return folder;
}

}  // namespace

std::vector<CaseFolder> case_folders() {
  std::vector<CaseFolder> folders;
  std::error_code missing;
  for (const fs::directory_entry& kind : fs::directory_iterator(testdata() / "cases", missing)) {
    if (!kind.is_directory()) continue;
    for (const fs::directory_entry& one : fs::directory_iterator(kind.path())) {
      if (one.is_directory()) folders.push_back(read_folder(one.path()));
    }
  }
  std::sort(folders.begin(), folders.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return folders;
}

void PrintTo(const CaseFolder& folder, std::ostream* out) { *out << folder.path.string(); }

}  // namespace segue::test
