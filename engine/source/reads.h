// What the definitions of a desired object read: dependencies that only its text tells.
//
// Asked by the planner for objects that it creates or alters, and for them only: it parses. A superset of what the
// server will record, resolved against the whole file.
#pragma once

#include <string>
#include <vector>

#include "model/schema.h"
#include "source/desired.h"

namespace segue::source {

struct Reads {
  std::vector<std::string> keys;
  /// Whether some name in the text means what it means only under the file's search path.
  bool needs_path = false;
};

/// Finds routines by name; built once per schema.
class ReadsFinder {
 public:
  ReadsFinder(const model::Schema& schema, const Environment& environment);
  Reads of(const model::Object& object) const;
  Reads of(const model::Object& object, std::size_t attribute) const;

 private:
  const model::Schema& schema_;
  const Environment& environment_;
  std::unordered_map<std::string, std::vector<std::string>> routines_;   ///< "schema.name" → keys
  std::unordered_map<std::string, std::vector<std::string>> operators_;  ///< name → keys
};

}  // namespace segue::source
