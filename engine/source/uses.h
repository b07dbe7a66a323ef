// What an object of the file uses, as the server would record it in pg_depend: what it is made of and what its
// definitions mean (dependency.c recordDependencyOnExpr).
//
// Asked while a file is read, where something is dropped. Unlike ReadsFinder it adds nothing to be safe: what cannot be
// told from the text is set apart.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "model/schema.h"
#include "source/reads.h"

namespace segue::source {

struct Uses {
  std::set<std::string> certain;   ///< keys
  std::set<std::string> possible;  ///< keys of what it uses only if a name means that and not something else
};

class UsesFinder {
 public:
  UsesFinder(const model::Schema& schema, const Environment& environment)
      : schema_(schema), environment_(environment) {}

  /// What its definitions use, beside what it depends on anyway. Good while the schema stays as it is.
  const Uses& of(const model::Object& object);
  /// Whether some definition has the word in it, in whatever case: cheap, and true of all that use what is called so.
  /// Any of them has the empty one.
  static bool has_word(const model::Object& object, const std::string& word);

 private:
  void add_named(const model::Object& object, std::size_t attribute, Uses& uses);
  void add_bringers(const sql::Mention& mention, Uses& uses) const;
  void add_columns(const model::Object& object, std::size_t attribute, Uses& uses) const;
  void add_keys_of_groups(const model::Object& object, std::size_t attribute, Uses& uses) const;
  void add_keys_of_groups(const sql::Node& select, Uses& uses) const;

  const model::Schema& schema_;
  const Environment& environment_;
  std::optional<ReadsFinder> reads_;  ///< once something is read
  std::unordered_map<const model::Object*, Uses> known_;
};

}  // namespace segue::source
