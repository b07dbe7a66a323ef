// The definition of a base type, a child of its shell (base_type.cpp says why). PostgreSQL: typecmds.c DefineType,
// AlterType.
#include <algorithm>

#include "base/quote.h"
#include "kinds/define_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/relation.h"
#include "kinds/routine_common.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t {
  length,
  input,
  output,
  receive,
  send,
  typmod_in,
  typmod_out,
  analyze,
  subscript,
  by_value,
  alignment,
  storage,
  category,
  preferred,
  default_value,
  element,
  delimiter,
  collatable,
};

/// From here on SUBSCRIPT says how elements are reached; before, an element type alone did.
constexpr int first_with_subscript = 140000;
constexpr std::string_view subscript_of_old = "raw_array_subscript_handler";

constexpr std::string_view fixed = "ALTER TYPE cannot change it";

/// The name of an attribute's parameter.
std::string parameter(std::size_t at) {
  static constexpr std::string_view names[] = {
      "INTERNALLENGTH", "INPUT",     "OUTPUT",    "RECEIVE",       "SEND",      "TYPMOD_IN",
      "TYPMOD_OUT",     "ANALYZE",   "SUBSCRIPT", "PASSEDBYVALUE", "ALIGNMENT", "STORAGE",
      "CATEGORY",       "PREFERRED", "DEFAULT",   "ELEMENT",       "DELIMITER", "COLLATABLE"};
  return std::string(names[at]);
}

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

template <std::size_t at>
void alter(const Sides& sides, Emit& emit) {
  const std::string value = sides.to->has(at) ? sides.to->text(at) : std::string("NONE");
  emit.statement("ALTER TYPE " + address(*sides.to) + " SET (" + parameter(at) + " = " + value + ")", "ALTER TYPE SET");
}

/// Columns keep the storage that their type had when they were made: those that say none of their own follow it.
void alter_storage(const Sides& sides, Emit& emit) {
  alter<storage>(sides, emit);
  for (const Object& object : sides.to_schema->objects()) {
    if (object.kind != &column || object.text(model::attribute(column, "type")) != address(*sides.to)) continue;
    if (object.has(model::attribute(column, "storage")) || !sides.from_schema->contains(object.key)) continue;
    emit.statement(alter_table(sides, object, true) + " ALTER COLUMN " + quoted_name(object) + " SET STORAGE " +
                       sides.to->text(storage),
                   "SET STORAGE")
        .relations = {relation_address(object)};
  }
}

/// AlterType: values that were moved out of their row could not be read any more.
Change decide_storage(const Sides& sides) {
  return sides.to->text(storage) == "plain" ? Change::replace : Change::alter;
}

template <std::size_t at>
constexpr model::Attribute altered(std::string_view name) {
  return {.name = name, .type = Type::text, .change = Change::alter, .alter = alter<at>};
}

constexpr model::Attribute attributes[] = {
    {.name = "length", .type = Type::text, .reason = fixed},
    {.name = "input", .type = Type::text, .reason = fixed},
    {.name = "output", .type = Type::text, .reason = fixed},
    altered<receive>("receive"),
    altered<send>("send"),
    altered<typmod_in>("typmod_in"),
    altered<typmod_out>("typmod_out"),
    altered<analyze>("analyze"),
    altered<subscript>("subscript"),
    {.name = "by_value", .type = Type::boolean, .reason = fixed},
    {.name = "alignment", .type = Type::text, .reason = fixed},
    {.name = "storage",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_storage,
     .decide = decide_storage,
     .reason = "the storage of a type cannot become PLAIN"},
    {.name = "category", .type = Type::text, .reason = fixed},
    {.name = "preferred", .type = Type::boolean, .reason = fixed},
    {.name = "default", .type = Type::text, .reason = fixed},
    {.name = "element", .type = Type::text, .reason = fixed},
    {.name = "delimiter", .type = Type::text, .reason = fixed},
    {.name = "collatable", .type = Type::boolean, .reason = fixed},
};

/// DefineType: what is taken where nothing is said.
void fill_defaults(Object& object) {
  object[length] = std::string("variable");
  object[alignment] = std::string("int4");
  object[storage] = std::string("plain");
  object[category] = std::string("U");
  object[delimiter] = std::string(",");
  for (const std::size_t at :
       {input, output, receive, send, typmod_in, typmod_out, analyze, subscript, default_value, element})
    object[at] = {};
}

bool is_literal(std::size_t at) { return at == default_value || at == delimiter || at == category; }

std::string written(const Object& object, std::size_t at) {
  if (object.kind->attributes[at].type == Type::boolean) return parameter(at) + " = true";
  return parameter(at) + " = " + (is_literal(at) ? quote_literal(object.text(at)) : object.text(at));
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  Object usual = model::make_object(base_type_definition, object.names);
  fill_defaults(usual);
  model::List parts;
  for (std::size_t at = length; at <= collatable; ++at) {
    if (object[at] != usual[at]) parts.push_back(written(object, at));
  }
  emit.statement("CREATE TYPE " + address(object) + " (" + join(parts, ", ") + ")", "CREATE TYPE base");
}

/// It goes with its shell, in that one's step.
void drop(const Sides&, Emit&) {}

// -- catalog ----------------------------------------------------------------------------------------------------------

std::string query(int version) {
  return "SELECT t.oid, CASE t.typlen WHEN -1 THEN 'variable' ELSE t.typlen::pg_catalog.text END, " +
         routine::function_name_sql("t.typinput") + ", " + routine::function_name_sql("t.typoutput") + ", " +
         routine::function_name_sql("t.typreceive") + ", " + routine::function_name_sql("t.typsend") + ", " +
         routine::function_name_sql("t.typmodin") + ", " + routine::function_name_sql("t.typmodout") + ", " +
         routine::function_name_sql("t.typanalyze") + ", " +
         (version >= first_with_subscript ? routine::function_name_sql("t.typsubscript") : "NULL") +
         ", t.typbyval, CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' ELSE 'double' "
         "END, CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' "
         "END, t.typcategory, t.typispreferred, t.typdefault, "
         "CASE WHEN t.typelem <> 0 THEN pg_catalog.format_type(t.typelem, NULL) END, t.typdelim, t.typcollation <> 0, "
         "ARRAY[t.typinput::pg_catalog.oid, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout, "
         "t.typanalyze" +
         std::string(version >= first_with_subscript ? ", t.typsubscript" : "") +
         "] FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
         "WHERE t.oid >= 16384 AND t.typtype = 'b' AND t.typinput <> 'pg_catalog.array_in'::pg_catalog.regproc AND " +
         ours("pg_type", "t.oid", "n.nspname");
}

/// The functions that take or give values of the type are parts of it.
bool serves(std::size_t at) { return at == input || at == output || at == receive || at == send; }

void read_row(const Row& row, CatalogReader& reader) {
  const Object* shell = reader.at("pg_type", row.text(0));
  if (shell == nullptr) return;
  Object object = model::make_object(base_type_definition, shell->names, shell->key);
  fill_defaults(object);
  for (std::size_t at = length; at <= collatable; ++at) {
    if (object.kind->attributes[at].type == Type::boolean)
      object[at] = row.flag(at + 1);
    else
      object[at] = row.null(at + 1) ? model::Value{} : model::Value{row.text(at + 1)};
  }
  const model::List oids = row.list(collatable + 2);
  for (std::size_t i = 0; i < oids.size(); ++i) {
    Object* routine = reader.at("pg_proc", oids[i]);
    if (routine == nullptr) continue;
    object.depends.push_back(routine->key);
    if (serves(input + i)) (*routine)[model::attribute(function, "serves_type")] = shell->key;
  }
  reader.add(std::move(object), "pg_type/definition", row.text(0));
}

// -- statements -------------------------------------------------------------------------------------------------------

/// The argument types with which a function of each parameter is looked up (typecmds.c findTypeInputFunction and its
/// like); of two the first that is there.
std::vector<std::string> signatures(std::size_t at, const std::string& type) {
  switch (at) {
    case input:
      return {"cstring", "cstring, oid, integer"};
    case receive:
      return {"internal", "internal, oid, integer"};
    case output:
    case send:
      return {type};
    case typmod_in:
      return {"cstring[]"};
    case typmod_out:
      return {"integer"};
    default:
      return {"internal"};
  }
}

void read_routine(const sql::Node& arg, std::size_t at, Object& object, DesiredReader& reader) {
  for (const std::string& key : object.depends) {
    Object* before = reader.schema().find(key);
    if (before == nullptr || before->kind != &function || object.text(at).empty()) continue;
    const bool same = quote_qualified(before->names[0], before->names[1]) == object.text(at);
    if (same && serves(at)) (*before)[model::attribute(function, "serves_type")] = {};
  }
  if (!arg) {
    object[at] = {};
    return;
  }
  std::vector<std::string> candidates;
  object[at] = routine::read_function_name(define::name_list(arg), reader, candidates);
  for (const std::string& signature : signatures(at, address(object))) {
    for (const std::string& key : candidates) {
      Object* routine = reader.schema().find(key);
      if (routine == nullptr || routine->kind != &function || routine->names[2] != signature) continue;
      object.depends.push_back(key);
      if (serves(at)) (*routine)[model::attribute(function, "serves_type")] = object.parent;
      return;
    }
  }
}

/// DefineType: the names of pg_type.typalign that it takes.
std::string alignment_of(const std::string& word) {
  if (word == "double" || word == "float8" || word == "pg_catalog.float8") return "double";
  if (word == "int4" || word == "pg_catalog.int4") return "int4";
  if (word == "int2" || word == "pg_catalog.int2") return "int2";
  return "char";
}

struct Representation {
  std::string_view type;
  std::string_view length;
  bool by_value;
  std::string_view alignment;
  std::string_view storage;
};

/// Built-in types that LIKE may name (pg_type.dat).
constexpr Representation representations[] = {
    {"\"char\"", "1", true, "char", "plain"},
    {"bigint", "8", true, "double", "plain"},
    {"bit varying", "variable", false, "int4", "extended"},
    {"bit", "variable", false, "int4", "extended"},
    {"boolean", "1", true, "char", "plain"},
    {"box", "32", false, "double", "plain"},
    {"bytea", "variable", false, "int4", "extended"},
    {"character varying", "variable", false, "int4", "extended"},
    {"character", "variable", false, "int4", "extended"},
    {"circle", "24", false, "double", "plain"},
    {"date", "4", true, "int4", "plain"},
    {"double precision", "8", true, "double", "plain"},
    {"inet", "variable", false, "int4", "main"},
    {"integer", "4", true, "int4", "plain"},
    {"interval", "16", false, "double", "plain"},
    {"json", "variable", false, "int4", "extended"},
    {"jsonb", "variable", false, "int4", "extended"},
    {"line", "24", false, "double", "plain"},
    {"lseg", "32", false, "double", "plain"},
    {"money", "8", true, "double", "plain"},
    {"name", "64", false, "char", "plain"},
    {"numeric", "variable", false, "int4", "main"},
    {"oid", "4", true, "int4", "plain"},
    {"path", "variable", false, "double", "extended"},
    {"point", "16", false, "double", "plain"},
    {"polygon", "variable", false, "double", "extended"},
    {"real", "4", true, "int4", "plain"},
    {"smallint", "2", true, "int2", "plain"},
    {"text", "variable", false, "int4", "extended"},
    {"time with time zone", "12", false, "double", "plain"},
    {"time without time zone", "8", true, "double", "plain"},
    {"timestamp with time zone", "8", true, "double", "plain"},
    {"timestamp without time zone", "8", true, "double", "plain"},
    {"uuid", "16", false, "char", "plain"},
    {"xml", "variable", false, "int4", "extended"},
};

void read_like(const sql::Node& option, Object& object, DesiredReader& reader) {
  const std::string type = routine::without_modifier(reader.type(option["arg"], object.depends));
  const Object* other = reader.schema().find(std::string(base_type_definition.name) + " " + type);
  if (other != nullptr) {
    for (const std::size_t at : {length, by_value, alignment, storage}) object[at] = (*other)[at];
    return;
  }
  const auto known = std::find_if(std::begin(representations), std::end(representations),
                                  [&](const Representation& one) { return one.type == type; });
  if (known == std::end(representations)) {
    return reader.error(option, "segue does not know how values of the type " + type + " are kept",
                        "write INTERNALLENGTH, PASSEDBYVALUE, ALIGNMENT and STORAGE in place of LIKE");
  }
  object[length] = std::string(known->length);
  object[by_value] = known->by_value;
  object[alignment] = std::string(known->alignment);
  object[storage] = std::string(known->storage);
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

/// The attribute that a parameter sets; `collatable + 1` for none.
std::size_t attribute_of(const std::string& name) {
  if (name == "analyse") return analyze;
  for (std::size_t at = length; at <= collatable; ++at) {
    if (lower(parameter(at)) == name) return at;
  }
  return collatable + 1;
}

void read_option(const sql::Node& option, Object& object, DesiredReader& reader) {
  const std::string name = lower(std::string(option.text("defname")));
  const sql::Node arg = option["arg"];
  const std::size_t at = attribute_of(name);
  if (at > collatable) {
    reader.error(option, "a base type has no parameter \"" + name + "\"", "check its spelling against CREATE TYPE");
  } else if (at >= input && at <= subscript) {
    read_routine(arg, at, object, reader);
  } else if (object.kind->attributes[at].type == Type::boolean) {
    object[at] = define::flag_of(arg);
  } else if (at == element) {
    object[at] = routine::without_modifier(reader.type(arg, object.depends));
  } else if (at == alignment) {
    object[at] = alignment_of(lower(define::text_of(arg)));
  } else if (at == storage) {
    object[at] = lower(define::text_of(arg));
  } else {
    object[at] = define::text_of(arg);
  }
}

/// Within the shell as reader.relation(). LIKE comes first, wherever it stands.
void read_definition(const sql::Node& node, DesiredReader& reader) {
  const Object& shell = *reader.relation();
  Object object = model::make_object(base_type_definition, shell.names, shell.key);
  fill_defaults(object);
  const auto is_like = [](const sql::Node& option) { return lower(std::string(option.text("defname"))) == "like"; };
  for (const sql::Node option : node.list("definition")) {
    if (is_like(option)) read_like(option, object, reader);
  }
  for (const sql::Node option : node.list("definition")) {
    if (!is_like(option)) read_option(option, object, reader);
  }
  if (object.has(element) && !object.has(subscript) && reader.server_version() >= first_with_subscript)
    object[subscript] = std::string(subscript_of_old);
  if (reader.server_version() < first_with_subscript) object[subscript] = {};
  reader.add(std::move(object));
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* shell = reader.find_object("OBJECT_TYPE", node["typeName"]);
  Object* object = shell == nullptr ? nullptr : reader.schema().find(model::key_of(base_type_definition, shell->names));
  if (object == nullptr) {
    if (shell != nullptr)
      reader.error(node, shell->key + " is no base type that is defined", "ALTER TYPE … SET speaks of those alone");
    return;
  }
  for (const sql::Node option : node.list("options")) read_option(option, *object, reader);
}

constexpr model::StatementReader statements[] = {{"BaseTypeDefinition", read_definition},
                                                 {"AlterTypeStmt", read_alter}};

}  // namespace

const model::Kind base_type_definition = {
    .name = "base type definition",
    .sql_class = {},
    .attributes = attributes,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = [](const Object&) { return true; },
    .made_with = [](const Object& object) { return object.parent; },
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
