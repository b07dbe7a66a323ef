// The queries of views, read against the schema of the file: the columns that they name and that are nowhere.
//
// Used by contradictions.cpp. Where a query reads anything whose columns the file does not say, nothing is said of it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/schema.h"
#include "source/desired.h"
#include "sql/canonical.h"

namespace segue::source {

class ViewQueries {
 public:
  ViewQueries(const model::Schema& schema, const Environment& environment)
      : schema_(schema), environment_(environment) {}

  /// The query of a view or a materialized view; null for anything else.
  static const std::string* query_of(const model::Object& object);

  /// References in that query to columns that nothing in their reach has; their locations are those of its text.
  std::vector<sql::Mention> absent(const model::Object& object);

 private:
  using Columns = std::vector<std::string>;

  Result<sql::QueryColumns> read(const model::Object& view);
  Columns columns_of(const std::string& in_schema, const std::string& relation);
  Columns columns_of_view(const model::Object& view);
  bool may_be_call(const std::string& name) const;

  const model::Schema& schema_;
  const Environment& environment_;
  std::map<std::string, Columns> views_;  ///< key → its columns; none where they are not known
};

}  // namespace segue::source
