#include "source/place.h"

#include <algorithm>

#include "sql/script.h"

namespace segue::source {

Location place_of(const model::Object& object) {
  Location where;
  where.file = object.origin.file;
  where.line = object.origin.line;
  return where;
}

Location place_of(const model::Object& object, std::string_view definition, int offset,
                  const std::vector<SchemaText>& texts) {
  const auto file =
      std::find_if(texts.begin(), texts.end(), [&](const SchemaText& one) { return one.path == object.origin.file; });
  if (file == texts.end() || offset < 0) return place_of(object);
  std::size_t statement = 0;
  for (int line = 1; line < object.origin.line && statement != std::string::npos; ++line)
    statement = file->text.find('\n', statement) + 1;
  const std::size_t begin = file->text.find(definition, statement);
  if (begin == std::string::npos) return place_of(object);
  return sql::locate(file->text, file->path, begin + static_cast<std::size_t>(offset));
}

}  // namespace segue::source
