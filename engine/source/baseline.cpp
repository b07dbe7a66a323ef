#include "source/baseline.h"

#include "kinds/kinds.h"

namespace segue::source {
namespace {

using model::Object;

void add_comment(model::Schema& schema, const Object& of, const std::string& text) {
  Object comment = model::make_object(kinds::comment, {of.key}, of.key);
  comment[model::attribute(kinds::comment, "text")] = text;
  schema.add(std::move(comment));
}

}  // namespace

Object owner_of(const Object& object, const std::string& role) {
  Object owner = model::make_object(kinds::owner, {object.key}, object.key);
  owner[model::attribute(kinds::owner, "role")] = role;
  return owner;
}

void add_baseline(model::Schema& schema, const SourceOptions& options) {
  const Object* space = schema.add(model::make_object(kinds::schema, {"public"}));
  add_comment(schema, *space, "standard public schema");
  // since 15 it belongs to whoever owns the database (initdb.c setup_privileges, pg_namespace.dat)
  if (options.server_version >= 150000) schema.add(owner_of(*space, "pg_database_owner"));
  const Object* language = schema.add(model::make_object(kinds::extension, {"plpgsql"}));
  add_comment(schema, *language, "PL/pgSQL procedural language");
}

void add_owners(model::Schema& schema, const SourceOptions& options) {
  std::vector<const Object*> without;
  for (const Object& object : schema.objects()) {
    if (object.kind->has_owner && !schema.contains(model::key_of(kinds::owner, {object.key})))
      without.push_back(&object);
  }
  for (const Object* object : without) schema.add(owner_of(*object, options.default_owner));
}

}  // namespace segue::source
