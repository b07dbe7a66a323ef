// Extensions. PostgreSQL: pg_extension, CREATE EXTENSION. Their members are never objects of segue.
#include <optional>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::List;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { schema_name, version, relocatable, cascade, created_under };

std::string address(const Object& object) { return quote_identifier(object.name()); }

/// What the file leaves open is the server's to choose (the control file's schema and default_version) and no
/// difference.
bool left_open(const Sides& sides, std::size_t attribute) {
  return !sides.from->has(attribute) || !sides.to->has(attribute);
}

Change decide_schema(const Sides& sides) {
  if (left_open(sides, schema_name)) return Change::derived;
  const bool movable = sides.from->flag(relocatable) || sides.to->flag(relocatable);
  return movable ? Change::alter : Change::replace;
}

Change decide_version(const Sides& sides) { return left_open(sides, version) ? Change::derived : Change::alter; }

void alter_schema(const Sides& sides, Emit& emit) {
  emit.statement(
      "ALTER EXTENSION " + address(*sides.to) + " SET SCHEMA " + quote_identifier(sides.to->text(schema_name)),
      "ALTER EXTENSION SET SCHEMA");
}

void alter_version(const Sides& sides, Emit& emit) {
  emit.statement("ALTER EXTENSION " + address(*sides.to) + " UPDATE TO " + quote_literal(sides.to->text(version)));
}

constexpr model::Attribute attributes[] = {
    {.name = "schema",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_schema,
     .decide = decide_schema,
     .may_be_left_open = true,
     .reason = "the extension is not relocatable"},
    {.name = "version",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_version,
     .decide = decide_version,
     .may_be_left_open = true,
     .fidelity = model::Fidelity::none,
     .loss = "few extensions ship the scripts that lead back to an older version"},
    {.name = "relocatable", .type = Type::boolean, .change = Change::derived},
    {.name = "cascade", .type = Type::boolean, .change = Change::derived},
    {.name = "created_under", .type = Type::text, .change = Change::derived},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = "CREATE EXTENSION " + address(object);
  if (object.has(schema_name)) sql += " WITH SCHEMA " + quote_identifier(object.text(schema_name));
  if (object.has(version)) sql += " VERSION " + quote_literal(object.text(version));
  if (object.flag(cascade)) sql += " CASCADE";
  // extension.c CreateExtensionInternal: without SCHEMA it goes where the search path says, unless its control file
  // does
  emit.statement(std::move(sql), "CREATE EXTENSION").search_path = object.text(created_under);
}

void drop(const Sides& sides, Emit& emit) { emit.statement("DROP EXTENSION " + address(*sides.from)); }

/// The members, and the arrays of types among them, which are none; of what initdb makes nobody needs to know them.
constexpr const char* members =
    "(SELECT pg_catalog.array_agg(m.classid::pg_catalog.regclass) AS classes, pg_catalog.array_agg(m.objid) AS oids "
    "FROM (SELECT d.classid, d.objid FROM pg_catalog.pg_depend d "
    "WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.refobjid = e.oid AND d.deptype = 'e' "
    "UNION ALL SELECT d.classid, t.typarray FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_type t ON t.oid = d.objid "
    "WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.refobjid = e.oid AND d.deptype = 'e' "
    "AND d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.typarray <> 0) m WHERE e.oid >= 16384)";

std::string query(int) {
  return std::string(
             "SELECT e.oid, e.extname, n.nspname, e.extversion, e.extrelocatable, m.classes, m.oids "
             "FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace "
             "CROSS JOIN LATERAL ") +
         members + " m";
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(extension, {row.text(1)});
  object[schema_name] = row.text(2);
  object[version] = row.text(3);
  object[relocatable] = row.flag(4);
  const Object* added = reader.add(std::move(object), "pg_extension", row.text(0));
  if (added == nullptr) return;
  // who needs a member (a column of its type) needs the extension
  const List classes = row.list(5);
  const List oids = row.list(6);
  for (std::size_t i = 0; i < oids.size(); ++i) reader.member(*added, classes[i], oids[i]);
}

void read_option(const sql::Node& option, Object& object, DesiredReader& reader) {
  const std::string_view name = option.text("defname");
  const std::string value(option["arg"].text());
  if (name == "schema") {
    object[schema_name] = value;
    const std::string key = model::key_of(schema, {value});
    if (reader.schema().contains(key)) {
      object.depends.push_back(key);
    } else if (value.rfind("pg_", 0) != 0) {
      reader.error(option, "schema " + quote_identifier(value) + " does not exist",
                   "create it before the extension that is to live in it");
    }
  } else if (name == "new_version") {
    object[version] = value;
  } else if (name == "cascade") {
    object[cascade] = option["arg"] ? option["arg"].flag() : true;
  } else {
    reader.error(option, "CREATE EXTENSION … " + std::string(name) + " is not supported", "leave this option out");
  }
}

/// What its control file requires; nothing where no server tells.
std::optional<List> required_by(const Object& object, const DesiredReader& reader) {
  const std::string known = reader.setting("segue.extension_requires." + object.name());
  if (known.empty()) return std::nullopt;
  return parse_array(known);
}

/// extension.c get_required_extension: CASCADE makes what is missing, in the schema that the statement names.
void add(Object object, DesiredReader& reader) {
  const bool makes_missing = object.flag(cascade);
  const std::optional<List> required = required_by(object, reader);
  if (makes_missing && !required) {
    reader.unmodelled(object.key,
                      "CASCADE installs the extensions that it requires, which the server alone knows; give each a "
                      "CREATE EXTENSION of its own before this one");
  }
  const List in_schema = object.depends;
  for (const std::string& name : required.value_or(List{})) {
    Object other = model::make_object(extension, {name});
    const std::string key = other.key;
    if (makes_missing && !reader.schema().contains(key)) {
      for (const std::size_t same : {schema_name, cascade, created_under}) other[same] = object[same];
      other.depends = in_schema;
      add(std::move(other), reader);
    }
    if (reader.schema().contains(key)) object.depends.push_back(key);
  }
  reader.add(std::move(object));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object object = model::make_object(extension, {std::string(node.text("extname"))});
  if (reader.schema().contains(object.key)) {
    if (!node.flag("if_not_exists")) {
      reader.error(node, "extension " + address(object) + " already exists", "write CREATE EXTENSION IF NOT EXISTS");
    }
    return;
  }
  for (const sql::Node option : node.list("options")) read_option(option, object, reader);
  object[created_under] = reader.definition(sql::Span{}).search_path;
  add(std::move(object), reader);
}

/// ALTER EXTENSION … UPDATE [TO version]: without a version the newest one is the server's affair.
void read_update(const sql::Node& node, DesiredReader& reader) {
  const std::string name(node.text("extname"));
  Object* object = reader.schema().find(model::key_of(extension, {name}));
  if (object == nullptr) {
    return reader.error(node, "extension " + quote_identifier(name) + " does not exist",
                        "put CREATE EXTENSION before this statement");
  }
  (*object)[version] = {};
  for (const sql::Node option : node.list("options")) {
    if (option.text("defname") == "new_version") (*object)[version] = std::string(option["arg"].text());
  }
}

void read_members(const sql::Node& node, DesiredReader& reader) {
  reader.unmodelled("extension " + quote_identifier(node.text("extname")),
                    "ALTER EXTENSION … ADD or DROP of a member is not modelled; run it by hand");
}

constexpr model::StatementReader statements[] = {
    {"CreateExtensionStmt", read_create},
    {"AlterExtensionStmt", read_update},
    {"AlterExtensionContentsStmt", read_members},
};

}  // namespace

const model::Kind extension = {
    .name = "extension",
    .sql_class = "EXTENSION",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .name_space = model::NameSpace::global,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
