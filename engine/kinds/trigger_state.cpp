// The state of a trigger that a partition has from its partitioned table, where it differs from that of the original.
// PostgreSQL: pg_trigger.tgparentid and tgenabled, ALTER TABLE partition DISABLE TRIGGER.
#include "base/quote.h"
#include "kinds/clones.h"
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

enum : std::size_t { enabled, of_trigger };

/// With ONLY: the partitions below have states of their own.
void write(const Sides& sides, const Object& object, const std::string& state, Emit& emit) {
  const std::string verb = state == "disabled"  ? "DISABLE TRIGGER "
                           : state == "always"  ? "ENABLE ALWAYS TRIGGER "
                           : state == "replica" ? "ENABLE REPLICA TRIGGER "
                                                : "ENABLE TRIGGER ";
  const std::string form = state == "disabled" ? "DISABLE TRIGGER name" : "ENABLE TRIGGER name";
  emit.alter(alter_table(sides, object, true), verb + quoted_name(object), form).relations = {relation_address(object)};
}

void alter(const Sides& sides, Emit& emit) { write(sides, *sides.to, sides.to->text(enabled), emit); }

constexpr model::Attribute attributes[] = {
    {.name = "enabled", .type = Type::text, .change = Change::alter, .alter = alter},
    {.name = "trigger", .type = Type::text, .change = Change::derived},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) { alter(sides, emit); }

/// Back to the state of the original, where that still stands.
void drop(const Sides& sides, Emit& emit) {
  const Object* original = sides.to_schema->find(sides.from->text(of_trigger));
  if (original == nullptr || !sides.to_schema->contains(sides.from->parent)) return;
  write(sides, *sides.from, original->text(model::attribute(trigger, "enabled")), emit);
}

std::string query(int) {
  return "SELECT t.oid, n.nspname, c.relname, t.tgname, t.tgenabled, c.oid, top.oid "
         "FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         // the original stands at the top of the tree; every level in between is a clone
         "CROSS JOIN LATERAL (WITH RECURSIVE up(oid, above) AS ("
         "SELECT t.oid, t.tgparentid UNION ALL SELECT p.oid, p.tgparentid FROM up JOIN pg_catalog.pg_trigger p ON "
         "p.oid = up.above) "
         "SELECT up.oid FROM up WHERE up.above = 0) top "
         "JOIN pg_catalog.pg_trigger o ON o.oid = top.oid "
         "WHERE t.tgparentid <> 0 AND NOT o.tgisinternal AND o.tgenabled <> t.tgenabled AND " +
         ours("pg_trigger", "t.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* partition = reader.at("pg_class", row.text(5));
  const Object* original = reader.at("pg_trigger", row.text(6));
  if (partition == nullptr || original == nullptr) return;
  Object object = model::make_object(trigger_state, {row.text(1), row.text(2), row.text(3)}, partition->key);
  const std::string& letter = row.text(4);
  object[enabled] = std::string(letter == "D"   ? "disabled"
                                : letter == "A" ? "always"
                                : letter == "R" ? "replica"
                                                : "origin");
  object[of_trigger] = original->key;
  object.depends = memberships_up_to(*original, reader.schema(), *partition);
  object.depends.push_back(original->key);
  reader.add(std::move(object), "pg_trigger", row.text(0));
}

}  // namespace

const model::Kind trigger_state = {
    .name = "trigger state",
    .sql_class = {},
    .attributes = attributes,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = [](const Object&) { return true; },
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
};

}  // namespace segue::kinds
