// What the definitions of a desired object read: dependencies that only its text tells.
//
// Asked by the planner for objects that it creates or alters, and for them only: it parses. A superset of what the
// server will record, resolved against the whole file.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/schema.h"
#include "source/desired.h"
#include "sql/canonical.h"

namespace segue::source {

struct Reads {
  std::vector<std::string> keys;
  /// What the server locks as it reads the text, by more than ACCESS SHARE: keys, and modes.
  std::vector<std::pair<std::string, std::string>> locks;
  /// Whether some name in the text means what it means only under the file's search path.
  bool needs_path = false;
  /// Relations, types and functions that are not in the schema.
  std::vector<sql::Mention> unmade;
};

/// Finds routines by name; built once per schema.
class ReadsFinder {
 public:
  ReadsFinder(const model::Schema& schema, const Environment& environment);
  Reads of(const model::Object& object) const;
  /// The attributes of an object that are definitions, as of(object) reads them.
  static std::vector<std::size_t> definitions_of(const model::Object& object);
  Reads of(const model::Object& object, std::size_t attribute) const;

 private:
  using Keys = std::vector<std::string>;
  /// Whose text it is, and the schemas that its search path names.
  struct Text {
    const model::Object& of;
    std::vector<std::string> path;
  };
  /// How the server finds a name that has no schema.
  enum class Found { by_path, anywhere };

  Found find(const sql::Mention& mention, const Text& text, Keys& keys) const;
  Found find_routines(const sql::Mention& mention, const Text& text, Keys& keys) const;
  Found find_operators(const std::string& name, Keys& keys) const;
  void find_relation(const sql::Mention& mention, const Text& text, Keys& keys) const;
  void find_constraint(const sql::Mention& mention, const Text& text, Keys& keys) const;
  void find_types(const sql::Mention& mention, const Text& text, Keys& keys) const;
  /// What the path finds first; anything else is the server's own.
  Found find_named(const model::Kind& kind, const sql::Mention& mention, const Text& text, Keys& keys) const;
  void find_column(const std::string& name, const Text& text, Keys& keys) const;
  /// Whether no schema of users has something so named: then pg_catalog's is meant.
  bool in_catalog(const std::string& what) const;

  const model::Schema& schema_;
  const Environment& environment_;
  std::unordered_map<std::string, std::vector<std::string>> routines_;   ///< "schema.name" → keys
  std::unordered_map<std::string, std::vector<std::string>> operators_;  ///< name → keys
};

}  // namespace segue::source
