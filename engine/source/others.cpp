// What a file says of objects that no file makes: the system's, and members of extensions (kinds/others.h).
#include <algorithm>
#include <array>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/routine_common.h"
#include "kinds/target.h"
#include "source/definition_text.h"
#include "source/interpreter.h"
#include "source/names.h"

namespace segue::source {

using kinds::Other;
using kinds::Others;
using kinds::acl::Class;
using model::Object;

namespace {

bool is_of_system(const std::string& in_schema) {
  return in_schema == "pg_catalog" || in_schema == "information_schema";
}

bool is_relation(std::string_view type) { return type == "OBJECT_TABLE" || type == "OBJECT_SEQUENCE"; }

bool is_routine(std::string_view type) {
  return type == "OBJECT_FUNCTION" || type == "OBJECT_PROCEDURE" || type == "OBJECT_ROUTINE";
}

bool is_named_in_schema(std::string_view type) {
  return is_relation(type) || is_routine(type) || type == "OBJECT_TYPE" || type == "OBJECT_DOMAIN";
}

/// Words as in Other::word for what the grammar calls so.
std::string word_of(std::string_view type) {
  if (type == "OBJECT_ROUTINE") return "function";
  if (type == "OBJECT_DOMAIN") return "type";
  return type == "OBJECT_FDW" ? "foreign data wrapper" : kinds::words_of(type);
}

bool fits(std::string_view type, const Other& other) {
  if (!other.column.empty()) return false;
  if (type == "OBJECT_TABLE") return other.word == "table" || other.word == "sequence";
  if (is_routine(type)) return other.of() == Class::routine;
  return other.word == word_of(type);
}

/// aclchk.c objectsInSchemaToOids
bool is_one_of_all(std::string_view type, const Other& other) {
  if (!other.column.empty()) return false;
  if (type == "OBJECT_ROUTINE") return other.of() == Class::routine;
  return other.word == kinds::words_of(type);
}

/// What initdb leaves (initdb.c setup_privileges, information_schema.sql), but for the objects that it locks away; each
/// major has others.
kinds::acl::Acl usual_list(Class of, int server_version) {
  kinds::acl::Acl list = kinds::acl::built_in(of, server_version);
  const std::string owner(kinds::acl::owner_role);
  const std::string everyone(kinds::acl::public_role);
  if (of == Class::relation) list.add(everyone, owner, kinds::acl::right_named("SELECT"), false);
  if (of == Class::schema) list.add(everyone, owner, kinds::acl::right_named("USAGE"), false);
  return list;
}

}  // namespace

Object* Interpreter::find_granted(std::string_view type, const sql::Node& object) {
  return is_relation(type) ? find_relation(object, true) : find_object(type, object, true);
}

/// namespace.c: pg_catalog is searched first where the path does not name it.
std::vector<std::string> Interpreter::schemas_searched(const std::vector<std::string>& names) const {
  if (names.size() > 1) return {names[names.size() - 2]};
  std::vector<std::string> schemas = path();
  if (std::find(schemas.begin(), schemas.end(), "pg_catalog") == schemas.end())
    schemas.insert(schemas.begin(), "pg_catalog");
  return schemas;
}

std::string Interpreter::signature_in(const sql::Node& object) {
  std::vector<std::string> ignored;
  std::vector<std::string> types;
  for (const sql::Node argument : object.list("objargs"))
    types.push_back(kinds::routine::without_modifier(type(argument, ignored)));
  return join(types, ", ");
}

const Other* Interpreter::find_other(std::string_view type, const sql::Node& object) {
  const std::vector<std::string> names = any_name(object);
  if (names.empty()) return nullptr;
  const Others& others = options_.environment.others;
  if (others.known == Others::Known::asked) {
    result_.wanted.names.insert(names.back());
    result_.mentioned_aspects.insert(std::string(kinds::initial_privileges.name));
    return nullptr;
  }
  const std::string signature = is_routine(type) ? signature_in(object) : "";
  const bool any_signature = object.flag("args_unspecified");
  for (const std::string& in_schema : schemas_searched(names)) {
    for (const Other& other : others.list) {
      const bool here = other.schema.empty() || other.schema == in_schema;
      if (here && other.name == names.back() && fits(type, other) && (any_signature || other.signature == signature))
        return &other;
    }
  }
  const bool without_server = others.known == Others::Known::assumed;
  const Other* other = without_server ? assume(type, names, signature) : expect(type, names, signature);
  if (other == nullptr) miss(type, names, signature);
  return other;
}

/// Without a server: what surely is the system's.
const Other* Interpreter::assume(std::string_view type, const std::vector<std::string>& names,
                                 const std::string& signature) {
  const bool inside = is_named_in_schema(type);
  const std::string in_schema = !inside ? "" : names.size() > 1 ? names[names.size() - 2] : "pg_catalog";
  static constexpr std::array languages = {"plpgsql", "c", "internal", "sql"};
  const bool is_system = inside ? is_of_system(in_schema) && (names.size() > 1 || names[0].rfind("pg_", 0) == 0)
                         : type == "OBJECT_SCHEMA" ? is_of_system(names.back())
                         : type == "OBJECT_LANGUAGE"
                             ? std::find(languages.begin(), languages.end(), names.back()) != languages.end()
                             : false;
  if (!is_system) return nullptr;
  Other other{word_of(type), in_schema, names.back(), signature, "", "", options_.default_owner, {}, false};
  if (names.back() == "plpgsql" && type == "OBJECT_LANGUAGE") other.extension = "plpgsql";
  other.initial = usual_list(other.of(), server_version());
  for (const Other& known : assumed_) {
    if (known.shown() == other.shown()) return &known;
  }
  Diagnostic warning = Diagnostic::warning("the privileges that " + other.shown() + " has from the start are assumed");
  warning.hint = "they differ between versions; a plan against the database asks for them";
  warning.where.file = origin().file;
  warning.where.line = origin().line;
  result_.warnings.push_back(std::move(warning));
  return &assumed_.emplace_back(std::move(other));
}

std::vector<std::string> Interpreter::coming_extensions() const {
  std::vector<std::string> keys;
  for (const Object& object : result_.schema.objects()) {
    const bool installed = options_.environment.schemas_of.count("extension " + object.name()) != 0;
    if (object.kind == &kinds::extension && !installed) keys.push_back(object.key);
  }
  return keys;
}

/// Of an extension that the plan creates: which one brings it is not known either, and does not matter.
const Other* Interpreter::expect(std::string_view type, const std::vector<std::string>& names,
                                 const std::string& signature) {
  const std::vector<std::string> coming = coming_extensions();
  const bool inside = is_named_in_schema(type);
  const std::string in_schema = !inside ? "" : names.size() > 1 ? names[names.size() - 2] : extension_schema();
  if (coming.empty() || (inside && (in_schema.empty() || is_of_system(in_schema)))) return nullptr;
  Other other{word_of(type), in_schema, names.back(), signature, "", "", options_.default_owner, {}, true};
  other.extension = schema().find(coming.front())->name();
  for (const Other& known : assumed_) {
    if (known.shown() == other.shown()) return &known;
  }
  return &assumed_.emplace_back(std::move(other));
}

/// Nobody has it; but an extension that is not there yet may bring it.
void Interpreter::miss(std::string_view type, const std::vector<std::string>& names, const std::string& signature) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(quote_identifier(name));
  const std::string shown = (is_relation(type) ? "relation" : word_of(type)) + " " + join(quoted, ".") +
                            (is_routine(type) ? "(" + signature + ")" : "");
  const bool may_come = std::any_of(schema().objects().begin(), schema().objects().end(), [](const Object& object) {
    return object.kind == &kinds::extension && object.name() != "plpgsql";
  });
  if (!may_come) return error(shown + " does not exist", "create it before this statement, or correct the name");
  result_.mentioned_aspects.insert(std::string(kinds::initial_privileges.name));
  unmodelled("privileges on " + shown,
             "no statement of the file makes it: it may come with an extension, which only a plan against a database "
             "that has it can tell");
}

/// ALL … IN SCHEMA reaches them too.
void Interpreter::name_members_to_come(const std::string& in_schema) {
  if (options_.environment.others.known == Others::Known::asked) return;
  for (const std::string& key : coming_extensions()) {
    const std::string& stated = schema().find(key)->text(model::attribute(kinds::extension, "schema"));
    const bool may_be_there = stated == in_schema || (stated.empty() && extension_schema() == in_schema);
    if (!may_be_there || key == model::key_of(kinds::extension, {"plpgsql"})) continue;
    unmodelled("privileges on members of " + key,
               "which of them are in schema " + quote_identifier(in_schema) +
                   " is known once it is there: the next plan sets their privileges");
  }
}

std::vector<const Other*> Interpreter::others_in(std::string_view type, const std::vector<std::string>& schemas) {
  const Others& others = options_.environment.others;
  std::vector<const Other*> found;
  for (const std::string& in_schema : schemas) {
    if (others.known == Others::Known::asked) {
      const auto& known = options_.environment.schemas_of;
      const bool has_members = std::any_of(known.begin(), known.end(), [&](const auto& one) {
        return std::find(one.second.begin(), one.second.end(), in_schema) != one.second.end();
      });
      if (!has_members && !is_of_system(in_schema)) continue;
      result_.wanted.schemas.insert(in_schema);
      result_.mentioned_aspects.insert(std::string(kinds::initial_privileges.name));
    } else if (others.known == Others::Known::assumed && is_of_system(in_schema)) {
      unmodelled("privileges on all objects in schema " + quote_identifier(in_schema),
                 "which objects there are is known to the server alone: only a plan against it can grant on them");
    }
    for (const Other& other : others.list) {
      if (other.schema == in_schema && is_one_of_all(type, other)) found.push_back(&other);
    }
    name_members_to_come(in_schema);
  }
  return found;
}

const Other* Interpreter::find_column_of(const Other& relation, const std::string& name) {
  for (const Other* column : columns_of(relation)) {
    if (column->column == name) return column;
  }
  if (relation.coming || options_.environment.others.known == Others::Known::assumed) {
    Other column = relation;
    column.column = name;
    column.initial = {};
    return &assumed_.emplace_back(std::move(column));
  }
  error(relation.shown() + " has no column " + quote_identifier(name), "check the name of the column");
  return nullptr;
}

std::vector<const Other*> Interpreter::columns_of(const Other& relation) {
  std::vector<const Other*> found;
  const auto look = [&](const auto& list) {
    for (const Other& other : list) {
      if (!other.column.empty() && other.schema == relation.schema && other.name == relation.name)
        found.push_back(&other);
    }
  };
  look(options_.environment.others.list);
  look(assumed_);
  return found;
}

}  // namespace segue::source
