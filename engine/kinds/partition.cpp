// Membership of a table in a partitioned table. PostgreSQL: pg_inherits with relpartbound, ALTER TABLE … ATTACH
// PARTITION.
//
// An object beside the table, so that a table that becomes a partition, or moves to other bounds, keeps its rows.
#include <algorithm>
#include <set>

#include "base/quote.h"
#include "kinds/concurrently.h"
#include "kinds/kinds.h"
#include "kinds/partition_bounds.h"
#include "kinds/partition_parts.h"
#include "kinds/reader.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { parent, bound, foreign_keys_from_above, detach_pending };

constexpr model::Attribute attributes[] = {
    {.name = "parent", .type = Type::text, .change = Change::replace, .reason = "moves to another partitioned table"},
    {.name = "bound",
     .type = Type::definition,
     .change = Change::replace,
     .grammar = model::Grammar::partition_bound,
     .reason = "bounds change by detaching and attaching"},
    {.name = "foreign_keys_from_above", .type = Type::list, .change = Change::derived},
    {.name = "detach_pending",
     .type = Type::boolean,
     .change = Change::replace,
     .reason = "a DETACH PARTITION CONCURRENTLY that was cut off can only be ended, and the table attached again"},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  auto& fragment = emit.statement("ALTER TABLE ONLY " + object.text(parent) + " ATTACH PARTITION " +
                                      relation_address(object) + " " + object.definition(bound).text,
                                  "ATTACH PARTITION (no matching CHECK)");
  fragment.relations = {object.text(parent), relation_address(object)};
  fragment.search_path = object.definition(bound).search_path;
  write_rows_out_of_bounds(sides, emit);
}

/// The foreign keys of the tables above a partition, as the file or the catalog has them.
std::vector<const Object*> foreign_keys_above(const model::Schema& side, const Object& link) {
  static const std::size_t referenced = model::attribute(constraint, "referenced");
  std::vector<const Object*> found;
  for (const Object* one : memberships(side, side.find(link.parent))) {
    const Object* above = table_above(side, *one);
    if (above == nullptr) break;
    for (const Object* part : side.children(above->key)) {
      if (part->kind == &constraint && part->has(referenced)) found.push_back(part);
    }
  }
  return found;
}

/// Those that the partition has of them: as the server named them, or as it will (tablecmds.c CloneFkReferencing takes
/// the name of the original where the partition has none like it).
std::vector<std::string> names_of_copies(const Sides& sides, const std::vector<const Object*>& originals) {
  const Object& object = *sides.from;
  std::vector<std::string> names = object.list(foreign_keys_from_above);
  for (const Object* original : names.empty() ? originals : std::vector<const Object*>{}) {
    const std::string own = model::key_of(constraint, {object.names[0], object.names[1], original->name()});
    if (!sides.from_schema->contains(own)) names.push_back(original->name());
  }
  return names;
}

/// A detached table keeps its parents' foreign keys as its own (DetachPartitionFinalize); attached again, it gives them
/// back. Those that go at once.
concurrently::Keys keys_left(const Sides& sides) {
  const Object& object = *sides.from;
  const Object* after = sides.to_schema->find(object.key);
  if (after != nullptr && after->text(parent) == object.text(parent)) return {};
  const std::vector<const Object*> originals = foreign_keys_above(*sides.from_schema, object);
  concurrently::Keys keys;
  keys.names = names_of_copies(sides, originals);
  for (const Object* original : originals)
    keys.referenced.push_back(original->text(model::attribute(constraint, "referenced")));
  return keys;
}

void drop_keys_left(const Sides& sides, Emit& emit) {
  const concurrently::Keys keys = keys_left(sides);
  model::List relations = {relation_address(*sides.from)};
  relations.insert(relations.end(), keys.referenced.begin(), keys.referenced.end());
  for (const std::string& name : keys.names) {
    emit.alter(alter_table(sides, *sides.from_schema->find(sides.from->parent), false),
               "DROP CONSTRAINT IF EXISTS " + quote_identifier(name), "DROP FOREIGN KEY")
        .relations = relations;
  }
}

void drop(const Sides& sides, Emit& emit) {
  const Object& object = *sides.from;
  emit.statement("ALTER TABLE ONLY " + object.text(parent) + " DETACH PARTITION " + relation_address(object) +
                     (object.flag(detach_pending) ? " FINALIZE" : ""),
                 "DETACH PARTITION")
      .relations = {object.text(parent), relation_address(object)};
  drop_keys_left(sides, emit);
}

/// tablecmds.c ATExecDetachPartition: beside a default partition there is none that runs concurrently.
bool has_default(const model::Schema& all, const std::string& of) {
  return std::any_of(all.objects().begin(), all.objects().end(), [&](const Object& one) {
    return one.kind == &partition && one.text(parent) == of && is_default(one);
  });
}

/// The names of the checks that the table itself has on either side. False where one of them comes with the plan: the
/// server may have given its name to the copy of the bound by then.
bool name_checks(const Sides& sides, std::vector<std::string>& names) {
  for (const Object* child : sides.from_schema->children(sides.from->parent)) {
    if (child->kind == &constraint) names.push_back(child->name());
  }
  const auto children = sides.to_schema->children(sides.from->parent);
  return std::all_of(children.begin(), children.end(), [&](const Object* child) {
    return child->kind != &constraint || sides.from_schema->contains(child->key);
  });
}

/// From PostgreSQL 14 on.
void detach_online(const Sides& sides, Emit& emit) {
  if (sides.to != nullptr || sides.server_version < 140000 || sides.from->flag(detach_pending)) return;
  const Object& object = *sides.from;
  std::vector<std::string> checks;
  if (has_default(*sides.from_schema, object.text(parent)) || !name_checks(sides, checks)) return;
  concurrently::detach(relation_address(object), object.text(parent), checks, keys_left(sides), emit);
}

std::string why_not_created(const Object& object) {
  return object.flag(detach_pending) ? "its detachment had begun before the plan, and nothing brings that back" : "";
}

std::string query(int server_version) {
  return "SELECT c.oid, n.nspname, c.relname, pg_catalog.format('%I.%I', pn.nspname, p.relname), "
         "pg_catalog.pg_get_expr(c.relpartbound, c.oid), pn.nspname, p.relname, "
         "ARRAY(SELECT k.conname FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND "
         "k.conparentid <> 0 ORDER BY k.conname), " +
         std::string(server_version >= 140000 ? "i.inhdetachpending" : "false") +
         " FROM pg_catalog.pg_class c "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid "
         "JOIN pg_catalog.pg_class p ON p.oid = i.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace "
         "WHERE c.relkind IN ('r', 'p', 'f') AND c.relispartition AND c.relpersistence <> 't' AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* child = reader.at("pg_class", row.text(0));
  if (child == nullptr) return;
  Object object = model::make_object(partition, {row.text(1), row.text(2)}, child->key);
  object[parent] = row.text(3);
  object[bound] = printed(row, 4);
  object[foreign_keys_from_above] = row.list(7);
  object[detach_pending] = row.flag(8);
  object.depends.push_back(model::key_of(table, {row.text(5), row.text(6)}));
  reader.add(std::move(object), "partition", row.text(0));  // pg_inherits has no address in pg_depend
}

model::Value read_bound(const sql::Node& node, DesiredReader& reader) {
  // gram.y PartitionBoundSpec: the location is that of DEFAULT, or of what stands behind FOR VALUES
  sql::Cutter cutter = reader.cutter();
  cutter.to(node.location());
  model::Definition definition =
      reader.definition(cutter.until({"partition", "using", "with", "on", "tablespace", "server", "options"}));
  if (!node.flag("is_default")) definition.text = "FOR VALUES " + definition.text;
  return definition;
}

void attach(Object& child, Object& to, const sql::Node& bound_node, DesiredReader& reader) {
  Object object = model::make_object(partition, {child.names[0], child.names[1]}, child.key);
  object[parent] = relation_address(to);
  object[bound] = read_bound(bound_node, reader);
  object.depends.push_back(to.key);
  if (reader.add(std::move(object)) == nullptr) return;
  reader.inherit(child, to, true);
}

void read_partition_of(const sql::Node& node, DesiredReader& reader) {
  Object* to = reader.find_relation(node.list("inhRelations").front());
  if (to != nullptr) attach(*reader.relation(), *to, node["partbound"], reader);
}

void read_attach(const sql::Node& node, DesiredReader& reader) {
  Object* child = reader.find_relation(node["def"]["name"]);
  if (child != nullptr) attach(*child, *reader.relation(), node["def"]["bound"], reader);
}

void read_detach(const sql::Node& node, DesiredReader& reader) {
  Object* child = reader.find_relation(node["def"]["name"]);
  if (child == nullptr) return;
  reader.schema().remove(model::key_of(partition, {child->names[0], child->names[1]}));
  reader.disinherit(*child, *reader.relation());
}

constexpr model::StatementReader statements[] = {
    {"PartitionOf", read_partition_of},
    {"AlterTableCmd/AT_AttachPartition", read_attach},
    {"AlterTableCmd/AT_DetachPartition", read_detach},
};

}  // namespace

const Object* table_above(const model::Schema& side, const Object& membership) {
  for (const std::string& key : membership.depends) {
    const Object* needed = side.find(key);
    if (needed != nullptr && needed->kind == &table) return needed;
  }
  return nullptr;
}

std::vector<const Object*> memberships(const model::Schema& side, const Object* of) {
  std::vector<const Object*> all;
  while (of != nullptr) {
    const Object* membership = side.find(model::key_of(partition, of->names));
    if (membership != nullptr) all.push_back(membership);
    of = membership == nullptr ? nullptr : table_above(side, *membership);
  }
  return all;
}

std::vector<const model::Object*> keys_to_those_above(const model::Schema& side, const model::Object& membership) {
  static const std::size_t referenced = model::attribute(constraint, "referenced");
  std::set<std::string> names;
  for (const model::Object* link : memberships(side, side.find(membership.parent))) {
    names.insert(link->text(model::attribute(partition, "parent")));
  }
  std::vector<const model::Object*> found;
  for (const model::Object& object : side.objects()) {
    if (object.kind == &constraint && names.count(object.text(referenced)) != 0) found.push_back(&object);
  }
  return found;
}

std::set<std::string> keys_against_unlogged(const model::Sides& sides) {
  static const std::size_t persistence = model::attribute(table, "persistence");
  if (sides.to->kind != &table || sides.to->text(persistence) != "u" || sides.from->text(persistence) == "u") return {};
  const Object* membership = sides.from_schema->find(model::key_of(partition, sides.from->names));
  std::set<std::string> found;
  if (membership == nullptr) return found;
  for (const Object* key : keys_to_those_above(*sides.from_schema, *membership)) {
    const Object* holder = sides.from_schema->find(key->parent);
    if (holder != nullptr && holder->text(persistence) != "u") found.insert(key->key);
  }
  return found;
}

std::vector<const model::Object*> indexes_without_one_below(const model::Schema& side,
                                                            const model::Object& membership) {
  const model::Object* above = table_above(side, membership);
  const model::Object* own = side.find(membership.parent);
  if (above == nullptr || own == nullptr || own->kind != &table) return {};
  std::set<std::string> bound;
  for (const model::Object* index_or_key : side.children(own->key)) {
    for (const model::Object* link : side.children(index_or_key->key)) {
      if (link->kind == &index_attachment) bound.insert(link->kind->binds_parent_to(*link));
    }
  }
  std::vector<const model::Object*> found;
  for (const model::Object* one : side.children(above->key)) {
    if ((one->kind == &index || is_key(*one)) && bound.count(one->key) == 0) found.push_back(one);
  }
  return found;
}

bool holds_keys_of_partitions(const model::Schema& side, const model::Object& of_table) {
  const auto& all = side.objects();
  return is_partitioned(side.find(of_table.parent)) && std::any_of(all.begin(), all.end(), [&](const Object& link) {
           return link.kind == &index_attachment && link.kind->binds_parent_to(link) == of_table.key &&
                  side.find(link.parent)->kind == &constraint;
         });
}

const model::Kind partition = {
    .name = "partition",
    .sql_class = "",
    .attributes = attributes,
    .address = relation_address,
    .create = create,
    .create_online = detach_online,
    .drop = drop,
    .why_not_created = why_not_created,
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
