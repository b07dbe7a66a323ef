// The index that CLUSTER orders a table by. PostgreSQL: pg_index.indisclustered, ALTER TABLE … CLUSTER ON.
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

enum : std::size_t { on };

void alter(const Sides& sides, Emit& emit) {
  emit.alter(alter_table(sides, *sides.to, true), "CLUSTER ON " + quote_identifier(sides.to->text(on)), "CLUSTER ON")
      .relations = {relation_address(*sides.to)};
}
void create(const Sides& sides, std::span<const Object* const>, Emit& emit) { alter(sides, emit); }
void drop(const Sides& sides, Emit& emit) {
  emit.alter(alter_table(sides, *sides.from, true), "SET WITHOUT CLUSTER", "SET WITHOUT CLUSTER").relations = {
      relation_address(*sides.from)};
}

constexpr model::Attribute attributes[] = {
    {.name = "index", .type = Type::text, .change = Change::alter, .alter = alter},
};

std::string query(int) {
  return "SELECT c.oid, n.nspname, c.relname, i.indexrelid, ic.relname FROM pg_catalog.pg_index i JOIN "
         "pg_catalog.pg_class c ON c.oid = i.indrelid "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_class ic ON ic.oid = "
         "i.indexrelid "
         "WHERE i.indisclustered AND c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* relation = reader.at("pg_class", row.text(0));
  const Object* behind = reader.at("pg_class", row.text(3));
  if (relation == nullptr || behind == nullptr) return;
  Object object = model::make_object(clustering, {row.text(1), row.text(2)}, relation->key);
  object[on] = row.text(4);
  object.depends.push_back(behind->key);
  reader.add(std::move(object), "clustering", row.text(0));
}

void mark(const std::string& name, DesiredReader& reader) {
  const Object& relation = *reader.relation();
  reader.schema().remove(model::key_of(clustering, relation.names));
  Object object = model::make_object(clustering, relation.names, relation.key);
  object[on] = name;
  if (const Object* behind = reader.find_relation({relation.names[0], name})) object.depends.push_back(behind->key);
  reader.add(std::move(object));
}

void read_on(const sql::Node& node, DesiredReader& reader) { mark(std::string(node.text("name")), reader); }

void read_off(const sql::Node&, DesiredReader& reader) {
  reader.schema().remove(model::key_of(clustering, reader.relation()->names));
}

/// CLUSTER table USING index marks the index too (cluster.c mark_index_clustered).
void read_cluster(const sql::Node& node, DesiredReader& reader) {
  Object* relation = reader.find_relation(node["relation"]);
  if (relation == nullptr || node.text("indexname").empty()) return;
  reader.dispatch("ClusterOn", node, relation);
}
void read_cluster_on(const sql::Node& node, DesiredReader& reader) {
  mark(std::string(node.text("indexname")), reader);
}

/// reader.text(): the name before; reader.column(): the index, or the constraint that it keeps.
void read_index_renamed(const sql::Node&, DesiredReader& reader) {
  Object* object = reader.schema().find(model::key_of(clustering, reader.relation()->names));
  if (object != nullptr && object->text(on) == reader.text()) (*object)[on] = reader.column()->name();
}

constexpr model::StatementReader statements[] = {
    {"AlterTableCmd/AT_ClusterOn", read_on}, {"AlterTableCmd/AT_DropCluster", read_off}, {"ClusterStmt", read_cluster},
    {"ClusterOn", read_cluster_on},          {"IndexRenamed", read_index_renamed},
};

}  // namespace

const model::Kind clustering = {
    .name = "clustering",
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
