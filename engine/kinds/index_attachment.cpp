// Membership of a partition's index in its parent's index. PostgreSQL: pg_inherits, ALTER INDEX … ATTACH PARTITION.
//
// There is no way to detach: the link goes with either index.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { parent, incomplete };

constexpr model::Attribute attributes[] = {
    {.name = "parent", .type = Type::text, .change = Change::replace, .reason = "an attached index cannot be detached"},
    {.name = "incomplete", .type = Type::boolean, .change = Change::derived},
};

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

/// What the link needs: the parent's index, and that the index's own table is a partition.
void link(Object& object, const Object& own, const Object& of, const Object* relation) {
  object[parent] = quote_qualified(of.names.front(), of.names.back());
  object.parent = own.key;
  object.depends = {of.key};
  if (relation != nullptr) object.depends.push_back(model::key_of(partition, relation->names));
}

std::string binds_parent_to(const Object& object) { return object.depends.front(); }

/// ATTACH PARTITION finds the indexes that fit and attaches them by itself, but for those that are not valid
/// (tablecmds.c AttachPartitionEnsureIndexes).
void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const auto& needs = sides.to->depends;
  if (needs.size() > 1 && !sides.to->flag(incomplete) && !sides.from_schema->contains(needs[1])) return;
  auto& fragment = emit.statement("ALTER INDEX " + sides.to->text(parent) + " ATTACH PARTITION " + address(*sides.to),
                                  "ALTER INDEX ATTACH PARTITION");
  fragment.relations = {sides.to->text(parent), address(*sides.to)};
}

void drop(const Sides&, Emit&) {}

/// The index of a key is its constraint here: both ends are looked up at their address in pg_class.
std::string query(int) {
  return "SELECT c.oid, n.nspname, c.relname, h.inhparent, c.relkind = 'I' AND NOT i.indisvalid "
         "FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_index i ON i.indexrelid = h.inhrelid "
         "JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "WHERE c.relkind IN ('i', 'I') AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* own = reader.at("pg_class", row.text(0));
  const Object* of = reader.at("pg_class", row.text(3));
  if (own == nullptr || of == nullptr) return;
  Object object = model::make_object(index_attachment, {row.text(1), row.text(2)}, own->key);
  link(object, *own, *of, reader.schema().find(own->parent));
  object[incomplete] = row.flag(4);
  reader.add(std::move(object), "index_attachment", row.text(0));
}

void attach(const Object& child, const Object& of, DesiredReader& reader) {
  Object object = model::make_object(index_attachment, {child.names.front(), child.names.back()}, child.key);
  link(object, child, of, reader.schema().find(child.parent));
  if (!reader.schema().contains(object.key))
    reader.add(std::move(object));  // ATExecAttachPartitionIdx: attached already
}

/// ALTER INDEX parent ATTACH PARTITION child: reader.relation() is the parent's index or constraint.
void read_attach(const sql::Node& node, DesiredReader& reader) {
  const Object* child = reader.find_object("OBJECT_INDEX", node["def"]["name"]);
  if (child != nullptr && reader.relation() != nullptr) attach(*child, *reader.relation(), reader);
}

/// The index of the key reader.text() fits, or was made for, that of the parent.
void read_attached(const sql::Node&, DesiredReader& reader) {
  const Object* child = reader.schema().find(reader.text());
  if (child != nullptr) attach(*child, *reader.relation(), reader);
}

constexpr model::StatementReader statements[] = {{"AlterIndexCmd/AT_AttachPartition", read_attach},
                                                 {"IndexAttached", read_attached}};

}  // namespace

const model::Kind index_attachment = {
    .name = "index attachment",
    .sql_class = "",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .binds_parent_to = binds_parent_to,
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
