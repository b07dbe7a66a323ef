// What a table logs of a row's old values. PostgreSQL: pg_class.relreplident, ALTER TABLE … REPLICA IDENTITY.
//
// An object of its own, because it may name an index that is made after the table.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { identity };

void set(const Sides& sides, const std::string& what, const char* form, Emit& emit) {
  const Object& object = sides.to != nullptr ? *sides.to : *sides.from;
  emit.alter(alter_table(sides, object, true), "REPLICA IDENTITY " + what, form).relations = {relation_address(object)};
}

void alter(const Sides& sides, Emit& emit) {
  set(sides, sides.to->text(identity), "REPLICA IDENTITY USING INDEX", emit);
}
void create(const Sides& sides, std::span<const Object* const>, Emit& emit) { alter(sides, emit); }
void drop(const Sides& sides, Emit& emit) { set(sides, "DEFAULT", "REPLICA IDENTITY NOTHING", emit); }

constexpr model::Attribute attributes[] = {
    {.name = "identity", .type = Type::text, .change = Change::alter, .alter = alter},
};

std::string using_index(const std::string& name) { return "USING INDEX " + quote_identifier(name); }

std::string query(int) {
  return "SELECT c.oid, n.nspname, c.relname, c.relreplident::pg_catalog.text, i.indexrelid, ic.relname FROM "
         "pg_catalog.pg_class c "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_index i ON i.indrelid = "
         "c.oid AND i.indisreplident "
         "LEFT JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid "
         "WHERE c.relkind IN ('r', 'p') AND c.relreplident IN ('f', 'n', 'i') AND c.relpersistence <> 't' AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  const model::List names = {row.text(1), row.text(2)};
  Object object = model::make_object(replica_identity, names, model::key_of(table, names));
  if (row.text(3) == "f") object[identity] = std::string("FULL");
  if (row.text(3) == "n") object[identity] = std::string("NOTHING");
  if (row.text(3) == "i") {
    if (row.null(4)) return;  // the index is gone: nothing is logged, as pg_dump sees it too
    object[identity] = using_index(row.text(5));
    if (const Object* behind = reader.at("pg_class", row.text(4))) object.depends.push_back(behind->key);
  }
  reader.add(std::move(object), "replica identity", row.text(0));
}

void read(const sql::Node& node, DesiredReader& reader) {
  const Object& relation = *reader.relation();
  const std::string key = model::key_of(replica_identity, relation.names);
  reader.schema().remove(key);
  Object object = model::make_object(replica_identity, relation.names, relation.key);
  const auto letter = node["def"].text("identity_type");
  if (letter == "d") return;
  if (letter == "f") object[identity] = std::string("FULL");
  if (letter == "n") object[identity] = std::string("NOTHING");
  if (letter == "i") {
    const std::string name(node["def"].text("name"));
    object[identity] = using_index(name);
    if (const Object* behind = reader.find_relation({relation.names[0], name})) object.depends.push_back(behind->key);
  }
  reader.add(std::move(object));
}

/// reader.text(): the name before; reader.column(): the index, or the constraint that it keeps.
void read_index_renamed(const sql::Node&, DesiredReader& reader) {
  Object* object = reader.schema().find(model::key_of(replica_identity, reader.relation()->names));
  if (object != nullptr && object->text(identity) == using_index(reader.text()))
    (*object)[identity] = using_index(reader.column()->name());
}

constexpr model::StatementReader statements[] = {
    {"AlterTableCmd/AT_ReplicaIdentity", read},
    {"IndexRenamed", read_index_renamed},
};

}  // namespace

const model::Kind replica_identity = {
    .name = "replica identity",
    .sql_class = "",
    .attributes = attributes,
    .address = relation_address,
    .create = create,
    .drop = drop,
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
