// Storage and compression of columns. PostgreSQL: pg_attribute.attstorage and attcompression, which ALTER TYPE sets
// back.
#include <algorithm>
#include <cctype>
#include <set>

#include "base/quote.h"
#include "kinds/column_parts.h"
#include "kinds/kinds.h"

namespace segue::kinds::column_parts {

using model::Emit;
using model::Object;
using model::Sides;

namespace {

/// pg_type.typstorage of the built-in types that are not EXTENDED.
std::string storage_of_builtin(const std::string& type_name) {
  static const std::set<std::string> plain = {"bigint",
                                              "boolean",
                                              "integer",
                                              "smallint",
                                              "real",
                                              "double precision",
                                              "date",
                                              "uuid",
                                              "money",
                                              "name",
                                              "oid",
                                              "\"char\"",
                                              "box",
                                              "circle",
                                              "line",
                                              "lseg",
                                              "point",
                                              "macaddr",
                                              "macaddr8",
                                              "interval",
                                              "tsquery",
                                              "pg_lsn",
                                              "cid",
                                              "xid",
                                              "xid8",
                                              "tid",
                                              "time without time zone",
                                              "time with time zone",
                                              "timestamp without time zone",
                                              "timestamp with time zone",
                                              "regclass",
                                              "regproc",
                                              "regprocedure",
                                              "regtype",
                                              "regoper",
                                              "regoperator",
                                              "regnamespace",
                                              "regrole",
                                              "regconfig",
                                              "regdictionary"};
  const std::string base = type_name.substr(0, type_name.find('('));
  if (plain.count(type_name) != 0 || plain.count(base) != 0 || base == "timestamp" || base == "time" ||
      base == "interval")
    return "PLAIN";
  return base == "numeric" || base == "inet" || base == "cidr" ? "MAIN" : "EXTENDED";
}

/// As ALTER COLUMN … SET STORAGE spells it.
std::string in_capitals(std::string word) {
  for (char& letter : word) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return word;
}

/// A domain has that of the type below it (typecmds.c DefineDomain), an enum is a number; a base type says its own.
std::string storage_of_type(const std::string& type_name, const std::vector<std::string>& depends,
                            const model::Schema& schema) {
  for (const std::string& key : depends) {
    const model::Object* needed = schema.find(key);
    if (needed == nullptr || quote_qualified(needed->names[0], needed->name()) != type_name) continue;
    if (needed->kind == &enum_type) return "PLAIN";
    if (needed->kind == &domain)
      return storage_of_type(needed->text(model::attribute(domain, "type")), needed->depends, schema);
    const model::Object* definition = schema.find(model::key_of(base_type_definition, needed->names));
    if (needed->kind == &base_type && definition != nullptr)
      return in_capitals(definition->text(model::attribute(base_type_definition, "storage")));
  }
  return storage_of_builtin(type_name);
}

}  // namespace

std::string default_storage(const model::Object& object, const model::Schema& schema) {
  return storage_of_type(object.text(type), object.depends, schema);
}

void alter_storage(const Sides& sides, Emit& emit) {
  const std::string to =
      sides.to->has(storage) ? sides.to->text(storage) : default_storage(*sides.to, *sides.to_schema);
  alter(sides, emit, alter_column(sides) + "SET STORAGE " + to, "SET STORAGE", true);
}

void alter_compression(const Sides& sides, Emit& emit) {
  const std::string to = sides.to->has(compression) ? sides.to->text(compression) : "default";
  alter(sides, emit, alter_column(sides) + "SET COMPRESSION " + to, "SET COMPRESSION", true);
}

void keep_storage(const Sides& sides, Emit& emit) {
  const Object& to = *sides.to;
  if (to.has(storage) && sides.from->text(storage) == to.text(storage)) alter_storage(sides, emit);
  if (to.has(compression) && sides.from->text(compression) == to.text(compression)) alter_compression(sides, emit);
  for (const Object& below : sides.to_schema->objects()) {
    if (below.kind != &column) continue;
    const auto& parents = below.list(inherited_from);
    Sides child = sides;
    child.from = sides.from_schema->find(below.key);
    child.to = &below;
    const bool follows = child.from != nullptr && std::find(parents.begin(), parents.end(), to.key) != parents.end();
    if (follows) keep_storage(child, emit);
  }
}

}  // namespace segue::kinds::column_parts
