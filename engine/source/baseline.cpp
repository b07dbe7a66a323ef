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

void add_owner(model::Schema& schema, const Object& of, const std::string& role) {
  Object owner = model::make_object(kinds::owner, {of.key}, of.key);
  owner[model::attribute(kinds::owner, "role")] = role;
  schema.add(std::move(owner));
}

}  // namespace

void add_baseline(model::Schema& schema, const SourceOptions& options) {
  const Object* space = schema.add(model::make_object(kinds::schema, {"public"}));
  add_comment(schema, *space, "standard public schema");
  // since 15 it belongs to whoever owns the database (initdb.c setup_privileges, pg_namespace.dat)
  if (options.server_version >= 150000) add_owner(schema, *space, "pg_database_owner");
  const Object* language = schema.add(model::make_object(kinds::extension, {"plpgsql"}));
  add_comment(schema, *language, "PL/pgSQL procedural language");
}

void add_owners(model::Schema& schema, const SourceOptions& options) {
  std::vector<const Object*> without;
  for (const Object& object : schema.objects()) {
    if (object.kind->has_owner && !schema.contains(model::key_of(kinds::owner, {object.key})))
      without.push_back(&object);
  }
  for (const Object* object : without) add_owner(schema, *object, options.default_owner);
}

}  // namespace segue::source
