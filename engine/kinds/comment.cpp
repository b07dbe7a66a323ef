// Comments on objects of every kind. PostgreSQL: pg_description, COMMENT ON.
//
// A comment is a child of its target and is named by the target's key. What is no object of its own has a second name:
// the column of a view its name, the index that keeps a constraint "index", the sequence of an identity "sequence", the
// trigger that a partition has from above its name.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/target.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { text, built_in };

/// An extension brings a comment in its control file (comment.c is called by CREATE EXTENSION). A comment on an
/// extension is an object only where it is not that one; "" stands for one that was taken away, and `built_in` is the
/// way back.
bool on_extension(const Object& object) { return object.parent.rfind("extension ", 0) == 0; }

std::string form_of(const std::string& sql_class) {
  return "COMMENT ON " + (sql_class == "PROCEDURE" ? std::string("FUNCTION") : sql_class);
}

void write(const Target& target, const std::string& value, Emit& emit) {
  if (target.object == nullptr) return;
  const std::string literal = value.empty() ? "NULL" : quote_literal(value);
  auto& fragment = emit.statement("COMMENT ON " + target.sql_class + " " + target.address + " IS " + literal,
                                  form_of(target.sql_class));
  if (!target.relation.empty()) fragment.relations = {target.relation};
}

void alter(const Sides& sides, Emit& emit) { write(target_of(*sides.to, sides.to_schema), sides.to->text(text), emit); }

constexpr model::Attribute attributes[] = {
    {.name = "text", .type = Type::text, .change = Change::alter, .alter = alter, .decide = decide_by_target},
    {.name = "built_in", .type = Type::text, .change = Change::derived},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) { alter(sides, emit); }

void drop(const Sides& sides, Emit& emit) { write(target_left(*sides.from, sides), sides.from->text(built_in), emit); }

std::string query(int) {
  return "SELECT c.relname, d.objoid, d.objsubid, d.description, "
         "(SELECT a.attname FROM pg_catalog.pg_attribute a "
         "WHERE d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND a.attrelid = d.objoid AND a.attnum = "
         "d.objsubid "
         "AND d.objsubid > 0), "
         "NULL, k.tgrelid, k.tgname FROM pg_catalog.pg_description d LEFT JOIN pg_catalog.pg_trigger k ON k.oid = "
         "d.objoid "
         "AND d.classoid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND k.tgparentid <> 0 JOIN pg_catalog.pg_class "
         "c ON c.oid = d.classoid "
         // what initdb commented, but for the schema public and plpgsql, is the system's
         "WHERE CASE WHEN c.relname = 'pg_extension' THEN "
         "d.objoid = (SELECT e.oid FROM pg_catalog.pg_extension e WHERE e.extname = 'plpgsql') "
         "ELSE d.objoid >= 16384 OR c.relname = 'pg_namespace' END "
         "UNION ALL "
         "SELECT 'pg_extension', x.oid, 0, x.description, NULL, x.built_in, NULL, NULL FROM "
         "(SELECT e.oid, d.description, "
         "(SELECT a.comment FROM pg_catalog.pg_available_extensions() a WHERE a.name = e.extname) AS built_in "
         "FROM pg_catalog.pg_extension e LEFT JOIN pg_catalog.pg_description d "
         "ON d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.objoid = e.oid "
         "WHERE e.extname <> 'plpgsql' OFFSET 0) x WHERE x.description IS DISTINCT FROM x.built_in";
}

void read_on_clone(const Row& row, CatalogReader& reader) {
  const Object* relation = reader.at("pg_class", row.text(6));
  auto object = relation == nullptr ? std::nullopt : on_clone(comment, *relation, row.text(7), reader.schema());
  if (!object) return;
  (*object)[text] = row.text(3);
  reader.add(std::move(*object), row.text(0) + "/comment", row.text(1));
}

void read_row(const Row& row, CatalogReader& reader) {
  if (!row.null(6)) return read_on_clone(row, reader);
  const int sub = static_cast<int>(row.number(2));
  const Object* target = reader.at(row.text(0), row.text(1), sub);
  if (target == nullptr) return;  // on a member of an extension, a system object, or a kind that is reported elsewhere
  Object object = child_at(comment, *target, row.text(0), sub, row.text(4));
  object[text] = row.text(3);
  object[built_in] = text_or_absent(row, 5);
  reader.add(std::move(object), row.text(0) + "/comment", row.text(1), sub);
}

/// Puts the comment in the place of the one before it.
void write_down(Object object, const std::string& value, DesiredReader& reader) {
  const std::string key = object.key;
  bool none = value.empty();  // comment.c CreateComments: an empty comment is none
  if (on_extension(object) && object.parent != model::key_of(extension, {"plpgsql"})) {
    // the control file's comment, where a server was asked for it
    const std::string own = reader.setting("segue.extension_comment." + reader.schema().find(object.parent)->name());
    if (!own.empty()) object[built_in] = own;
    none = value == own;
  }
  reader.schema().remove(key);
  object[text] = value;
  reader.add(std::move(object));  // added even if it goes again: the file speaks of comments
  if (none) reader.schema().remove(key);
}

void read_comment(const sql::Node& node, DesiredReader& reader) {
  auto object = child_spoken_of(comment, node.text("objtype"), node["object"], node, reader);
  if (object) write_down(std::move(*object), std::string(node.text("comment")), reader);
}

constexpr model::StatementReader statements[] = {{"CommentStmt", read_comment}};

}  // namespace

const model::Kind comment = {
    .name = "comment",
    .sql_class = {},
    .attributes = attributes,
    .create = create,
    .drop = drop,
    .name_space = model::NameSpace::of_target,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
