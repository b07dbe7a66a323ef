#include "unknown_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/quote.h"
#include "model/kind.h"
#include "source/contradictions.h"
#include "source/definition_text.h"
#include "source/place.h"

namespace segue {
namespace {

using model::Object;
using source::Unmade;

std::string_view class_of(sql::Mention::Class mentioned) {
  if (mentioned == sql::Mention::Class::relation) return "relation";
  return mentioned == sql::Mention::Class::type ? "type" : "function";
}

/// What a definition of a changed object reads. Only a text that is parsed as it stands has places.
void add_reads(const source::ReadsFinder& finder, const Object& object, std::size_t attribute,
               const std::vector<source::SchemaText>& texts, std::vector<Unmade>& unmade) {
  const std::string& text = object.definition(attribute).text;
  const bool is_as_it_stands = source::parsable(text, object.kind->attributes[attribute].grammar) == text;
  for (sql::Mention& mention : finder.of(object, attribute).unmade) {
    const Location where = source::place_of(object, text, is_as_it_stands ? mention.location : -1, texts);
    unmade.push_back({std::string(class_of(mention.object_class)), std::move(mention.names), where});
  }
}

constexpr const char* names_query =
    "SELECT 'type', n.nspname, t.typname FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = "
    "t.typnamespace WHERE t.typname = ANY ($1::pg_catalog.name[]) "
    "UNION SELECT 'function', n.nspname, p.proname FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = "
    "p.pronamespace WHERE p.proname = ANY ($1::pg_catalog.name[]) "
    "UNION SELECT 'relation', n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid "
    "= c.relnamespace WHERE c.relname = ANY ($1::pg_catalog.name[]) "
    "UNION SELECT 'collation', n.nspname, o.collname FROM pg_catalog.pg_collation o JOIN pg_catalog.pg_namespace n ON "
    "n.oid = o.collnamespace WHERE o.collname = ANY ($1::pg_catalog.name[])";

std::string as_array(const std::set<std::string>& names) {
  std::string text = "{";
  for (const std::string& name : names) {
    if (text.size() > 1) text += ',';
    text += '"';
    for (const char c : name) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  return text + "}";
}

/// Names of the server: last name → class and schema.
using Known = std::multimap<std::string, std::pair<std::string, std::string>>;

Result<Known> known_of(Session& session, const std::vector<Unmade>& unmade) {
  std::set<std::string> names;
  for (const Unmade& one : unmade) names.insert(one.names.back());
  Known known;
  const Result<Rows> rows = session.query(names_query, {as_array(names)});
  if (!rows) return rows.failure();
  for (std::size_t i = 0; i < rows->size(); ++i)
    known.emplace(rows->at(i, 2).value_or(""), std::pair(rows->at(i, 0).value_or(""), rows->at(i, 1).value_or("")));
  return known;
}

/// A call may be a cast to a type (parse_func.c ParseFuncOrColumn).
bool has(const Known& known, const Unmade& one) {
  const auto [begin, end] = known.equal_range(one.names.back());
  return std::any_of(begin, end, [&](const auto& found) {
    const auto& [object_class, in_schema] = found.second;
    const bool may_be = object_class == one.object_class || (one.object_class == "function" && object_class == "type");
    return may_be && (one.names.size() == 1 || one.names[one.names.size() - 2] == in_schema);
  });
}

/// Names of the file: as they stand, and behind their schema. It may make one after the statement that needs it, with
/// other arguments, or as a column; whether that will do is for the server to say.
std::set<model::List> names_of(const model::Schema& schema) {
  std::set<model::List> names;
  for (const Object& object : schema.objects()) {
    const std::size_t end = object.names.size() - (object.kind->signature ? 1 : 0);
    for (std::size_t i = 1; i < end; ++i) {
      names.insert({object.names[i]});
      names.insert({object.names[0], object.names[i]});
    }
  }
  return names;
}

/// What the grammar itself writes (EXTRACT is pg_catalog.extract) may have another name in another version.
bool is_of_grammar(const Unmade& one) { return one.names.size() > 1 && one.names.front() == "pg_catalog"; }

/// A member of an extension, which may move to the schema that the name says.
bool is_member(const source::Environment& environment, const Unmade& one) {
  return environment.schemas_of.count("extension of " + one.object_class + " " + one.names.back()) != 0;
}

/// The last two of `a.b.c`.
model::List in_schema(const model::List& names) {
  return names.size() < 3 ? names : model::List{names[names.size() - 2], names.back()};
}

Diagnostic unknown(const Unmade& one) {
  model::List quoted;
  for (const std::string& name : one.names) quoted.push_back(quote_identifier(name));
  return Diagnostic::error_at(ErrorCode::invalid, one.where,
                              one.object_class + " " + join(quoted, ".") + " does not exist",
                              "neither the file nor the database has one of that name: create it, or correct the name");
}

}  // namespace

Status names_are_known(Session* session, const source::Environment& environment, const source::Desired& desired,
                       const source::ReadsFinder& finder, const std::vector<const Object*>& changed,
                       const std::vector<source::SchemaText>& texts) {
  Status columns = source::names_no_absent_column(desired.schema, changed, environment, texts);
  if (!columns || session == nullptr || !environment.complete) return columns;
  std::vector<Unmade> unmade = desired.unmade;
  for (const Object* object : changed) {
    if (object->origin.file.empty()) continue;  // it stands there already
    for (const std::size_t attribute : source::ReadsFinder::definitions_of(*object))
      add_reads(finder, *object, attribute, texts, unmade);
  }
  if (unmade.empty()) return done();
  const std::set<model::List> of_file = names_of(desired.schema);
  std::erase_if(unmade, [&](const Unmade& one) {
    return is_of_grammar(one) || of_file.count(in_schema(one.names)) != 0 || is_member(environment, one);
  });
  if (unmade.empty()) return done();
  const Result<Known> known = known_of(*session, unmade);
  if (!known) return known.failure();
  Diagnostics errors;
  std::set<std::pair<std::string, model::List>> told;
  for (const Unmade& one : unmade) {
    if (!has(*known, one) && told.insert({one.object_class, one.names}).second) errors.push_back(unknown(one));
  }
  if (!errors.empty()) return Failure(std::move(errors));
  return done();
}

}  // namespace segue
