// Security labels on objects of every kind. PostgreSQL: pg_seclabel, SECURITY LABEL.
//
// Named like a comment by its target, and by the provider. Those of roles, databases and tablespaces (pg_shseclabel)
// belong to the cluster. The server takes labels from providers that a module of its own registers, and from no other.
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

enum : std::size_t { label, provider };

/// The same child without the provider in its names.
Object without_provider(const Object& object) {
  std::vector<std::string> names = object.names;
  names.pop_back();
  return model::make_object(security_label, names, object.parent);
}

Object with_provider(const Object& child, const std::string& name) {
  std::vector<std::string> names = child.names;
  names.push_back(quote_identifier(name));
  Object object = model::make_object(security_label, std::move(names), child.parent);
  object[provider] = name;
  return object;
}

/// seclabel.c ExecSecLabelStmt locks what it labels as COMMENT does.
std::string form_of(const std::string& sql_class) {
  return "COMMENT ON " + (sql_class == "PROCEDURE" ? std::string("FUNCTION") : sql_class);
}

void write(const Object& object, const Target& target, const std::string& value, Emit& emit) {
  if (target.object == nullptr) return;
  auto& fragment = emit.statement("SECURITY LABEL FOR " + quote_identifier(object.text(provider)) + " ON " +
                                      target.sql_class + " " + target.address + " IS " + value,
                                  form_of(target.sql_class));
  if (!target.relation.empty()) fragment.relations = {target.relation};
}

void alter(const Sides& sides, Emit& emit) {
  write(*sides.to, target_of(without_provider(*sides.to), sides.to_schema), quote_literal(sides.to->text(label)), emit);
}

Change decide(const Sides& sides) {
  const Object from = without_provider(*sides.from);
  const Object to = without_provider(*sides.to);
  Sides plain = sides;
  plain.from = &from;
  plain.to = &to;
  return decide_by_target(plain);
}

constexpr model::Attribute attributes[] = {
    {.name = "label", .type = Type::text, .change = Change::alter, .alter = alter, .decide = decide},
    {.name = "provider", .type = Type::text, .change = Change::derived},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) { alter(sides, emit); }

void drop(const Sides& sides, Emit& emit) {
  write(*sides.from, target_left(without_provider(*sides.from), sides), "NULL", emit);
}

/// What initdb made, but for the schema public, is the system's: counted by what is not modelled.
std::string query(int) {
  return "SELECT c.relname, l.objoid, l.objsubid, l.provider, l.label, "
         "(SELECT a.attname FROM pg_catalog.pg_attribute a "
         "WHERE l.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND a.attrelid = l.objoid "
         "AND a.attnum = l.objsubid AND l.objsubid > 0), pg_catalog.pg_describe_object(l.classoid, l.objoid, "
         "l.objsubid) "
         "FROM pg_catalog.pg_seclabel l JOIN pg_catalog.pg_class c ON c.oid = l.classoid "
         "WHERE l.objoid >= 16384 OR c.relname = 'pg_namespace' AND l.objoid = pg_catalog.to_regnamespace('public')";
}

void read_row(const Row& row, CatalogReader& reader) {
  const int sub = static_cast<int>(row.number(2));
  const Object* target = reader.at(row.text(0), row.text(1), sub);
  if (target == nullptr) {
    return reader.unmodelled("security label of provider " + row.text(3) + " on " + row.text(6),
                             "segue does not model what it is on; it is left as it is");
  }
  Object object = with_provider(child_at(security_label, *target, row.text(0), sub, row.text(5)), row.text(3));
  object[label] = row.text(4);
  reader.add(std::move(object), "", "");
}

void read_label(const sql::Node& node, DesiredReader& reader) {
  const std::string name(node.text("provider"));
  if (name.empty()) {
    return reader.error(node, "whose label this is depends on the modules that the server has loaded",
                        "name the provider: SECURITY LABEL FOR provider ON …");
  }
  const std::string_view type = node.text("objtype");
  if (type == "OBJECT_ROLE" || type == "OBJECT_DATABASE" || type == "OBJECT_TABLESPACE") {
    return reader.unmodelled("security label on a " + words_of(type),
                             "roles, databases and tablespaces belong to the cluster and are not managed");
  }
  const auto child = child_spoken_of(security_label, type, node["object"], node, reader);
  if (!child) return;
  Object object = with_provider(*child, name);
  const std::string key = object.key;
  reader.schema().remove(key);
  object[label] = std::string(node.text("label"));
  reader.add(std::move(object));  // added even if it goes again: the file speaks of labels
  if (!node.has("label")) reader.schema().remove(key);
}

constexpr model::StatementReader statements[] = {{"SecLabelStmt", read_label}};

}  // namespace

const model::Kind security_label = {
    .name = "security label",
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
