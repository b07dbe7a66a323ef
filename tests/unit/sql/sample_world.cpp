#include "unit/sql/sample_world.h"

#include <array>

namespace segue::sql::test {
namespace {

struct Column {
  std::string_view relation;
  std::string_view name;
  std::string_view type;
};
constexpr std::array columns = {
    Column{"t", "id", "integer"},
    Column{"t", "n", "integer"},
    Column{"t", "big", "bigint"},
    Column{"t", "small", "smallint"},
    Column{"t", "price", "numeric(10,2)"},
    Column{"t", "amount", "numeric"},
    Column{"t", "f", "double precision"},
    Column{"t", "r", "real"},
    Column{"t", "kind", "text"},
    Column{"t", "name", "character varying(10)"},
    Column{"t", "code", "character(3)"},
    Column{"t", "label", "character varying"},
    Column{"t", "flag", "boolean"},
    Column{"t", "at", "timestamp with time zone"},
    Column{"t", "ts", "timestamp without time zone"},
    Column{"t", "d", "date"},
    Column{"t", "data", "jsonb"},
    Column{"t", "tags", "text[]"},
    Column{"t", "status", "app.mood"},
    Column{"t", "mail", "app.email"},
    Column{"t", "q", "app.qty"},
    Column{"t", "u", "uuid"},
    Column{"t", "iv", "interval"},
    Column{"t", "nums", "integer[]"},
    Column{"t", "Weird", "text"},
    Column{"t", "doc", "tsvector"},
    Column{"b", "id", "integer"},
    Column{"b", "t_id", "integer"},
    Column{"b", "title", "text"},
    Column{"b", "price", "numeric"},
    Column{"b", "kind", "text"},
};

using Resolved = std::optional<std::string>;

Resolved schema_of(std::string_view object_class, std::string_view name, std::string_view path) {
  const auto in_app = [&] { return path == "app" ? Resolved("app") : std::nullopt; };
  if (object_class == "relation") return name == "t" || name == "b" || name == "seq" ? in_app() : std::nullopt;
  if (object_class == "type")
    return name == "mood" || name == "email" || name == "qty" ? in_app() : Resolved("pg_catalog");
  if (object_class == "function") return name == "f" ? in_app() : Resolved("pg_catalog");
  return "pg_catalog";
}

}  // namespace

Names sample_names(std::string_view path) {
  Names names;
  names.schema_of = [path = std::string(path)](std::string_view object_class, std::string_view name) {
    return schema_of(object_class, name, path);
  };
  names.columns_of = [](std::string_view schema, std::string_view relation) {
    std::vector<std::string> found;
    for (const Column& column : columns) {
      if (schema == "app" && column.relation == relation) found.emplace_back(column.name);
    }
    return found;
  };
  names.type_of = [](std::string_view schema, std::string_view relation, std::string_view name) -> Resolved {
    for (const Column& column : columns) {
      if (schema == "app" && column.relation == relation && column.name == name) return std::string(column.type);
    }
    return std::nullopt;
  };
  names.type_facts = [](std::string_view schema, std::string_view name) -> std::optional<TypeFacts> {
    if (schema != "app") return std::nullopt;
    if (name == "mood") return TypeFacts{TypeFacts::Kind::enumeration, {}};
    if (name == "email") return TypeFacts{TypeFacts::Kind::domain, "text"};
    if (name == "qty") return TypeFacts{TypeFacts::Kind::domain, "integer"};
    return std::nullopt;
  };
  return names;
}

}  // namespace segue::sql::test
