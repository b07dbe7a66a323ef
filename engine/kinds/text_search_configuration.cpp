// Text search configurations and their mappings. PostgreSQL: pg_ts_config, pg_ts_config_map; tsearchcmds.c
// DefineTSConfiguration, AlterTSConfiguration.
#include <algorithm>
#include <array>
#include <map>

#include "base/quote.h"
#include "kinds/define_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { parser, mappings };

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

/// A mapping is kept as `token WITH dictionary, …`, the token quoted where it needs it.
constexpr std::string_view with = " WITH ";

/// The token types of each list of dictionaries: one statement for all of them.
using ByToken = std::map<std::string, std::string>;

ByToken by_token(const model::List& list) {
  ByToken tokens;
  for (const std::string& mapping : list) {
    const std::size_t at = mapping.find(with);
    if (at != std::string::npos) tokens[mapping.substr(0, at)] = mapping.substr(at + with.size());
  }
  return tokens;
}

model::List to_list(const ByToken& tokens) {
  model::List list;
  for (const auto& [token, dictionaries] : tokens) list.push_back(join({token, dictionaries}, with));
  return list;
}

void write_mappings(const Sides& sides, const ByToken& from, const ByToken& to, Emit& emit) {
  const std::string head = "ALTER TEXT SEARCH CONFIGURATION " + address(*sides.to);
  model::List gone;
  for (const auto& [token, dictionaries] : from) {
    if (to.count(token) == 0) gone.push_back(token);
  }
  if (!gone.empty()) emit.statement(head + " DROP MAPPING FOR " + join(gone, ", "), "ALTER TEXT SEARCH CONFIGURATION");
  std::map<std::string, model::List> added, altered;
  for (const auto& [token, dictionaries] : to) {
    const auto standing = from.find(token);
    if (standing == from.end())
      added[dictionaries].push_back(token);
    else if (standing->second != dictionaries)
      altered[dictionaries].push_back(token);
  }
  const auto write = [&](const char* verb, const std::map<std::string, model::List>& changes) {
    for (const auto& [dictionaries, tokens] : changes) {
      emit.statement(head + verb + join({join(tokens, ", "), dictionaries}, with), "ALTER TEXT SEARCH CONFIGURATION");
    }
  };
  write(" ALTER MAPPING FOR ", altered);
  write(" ADD MAPPING FOR ", added);
}

void alter_mappings(const Sides& sides, Emit& emit) {
  write_mappings(sides, by_token(sides.from->list(mappings)), by_token(sides.to->list(mappings)), emit);
}

constexpr model::Attribute attributes[] = {
    {.name = "parser", .type = Type::text, .reason = "a configuration's parser cannot be changed"},
    {.name = "mappings", .type = Type::list, .change = Change::alter, .alter = alter_mappings, .unordered = true},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  emit.statement(
      "CREATE TEXT SEARCH CONFIGURATION " + address(*sides.to) + " (PARSER = " + sides.to->text(parser) + ")",
      "CREATE TEXT SEARCH CONFIGURATION");
  write_mappings(sides, {}, by_token(sides.to->list(mappings)), emit);
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP TEXT SEARCH CONFIGURATION " + address(*sides.from), "DROP TEXT SEARCH CONFIGURATION");
}

bool rebuilt(const Object&) { return true; }

// -- catalog ---------------------------------------------------------------------------------------------------------

std::string query(int) {
  return "SELECT c.oid, n.nspname, c.cfgname, " + define::name_sql("pn.nspname", "p.prsname") +
         ", ARRAY(SELECT pg_catalog.quote_ident(m.alias) || ' WITH ' || m.dictionaries FROM (SELECT t.alias, "
         "pg_catalog.string_agg(" +
         define::name_sql("dn.nspname", "d.dictname") +
         ", ', ' ORDER BY m.mapseqno) AS dictionaries FROM pg_catalog.pg_ts_config_map m "
         "JOIN pg_catalog.ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype "
         "JOIN pg_catalog.pg_ts_dict d ON d.oid = m.mapdict JOIN pg_catalog.pg_namespace dn ON dn.oid = "
         "d.dictnamespace "
         "WHERE m.mapcfg = c.oid GROUP BY t.alias) m ORDER BY m.alias) "
         "FROM pg_catalog.pg_ts_config c JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace "
         "JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser JOIN pg_catalog.pg_namespace pn ON pn.oid = "
         "p.prsnamespace "
         "WHERE c.oid >= 16384 AND " +
         ours("pg_ts_config", "c.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object =
      model::make_object(text_search_configuration, {row.text(1), row.text(2)}, model::key_of(schema, {row.text(1)}));
  object[parser] = row.text(3);
  object[mappings] = to_list(by_token(row.list(4)));
  reader.add(std::move(object), "pg_ts_config", row.text(0));
}

// -- the file's side -------------------------------------------------------------------------------------------------

/// wparser_def.c: what a mapping of the default parser may be for, without the types that no built-in configuration
/// maps.
constexpr std::array<std::string_view, 13> simple_tokens = {"email", "file",     "float",   "host",   "hword_numpart",
                                                            "int",   "numhword", "numword", "sfloat", "uint",
                                                            "url",   "url_path", "version"};
constexpr std::array<std::string_view, 3> ascii_tokens = {"asciihword", "asciiword", "hword_asciipart"};
constexpr std::array<std::string_view, 3> word_tokens = {"hword", "hword_part", "word"};

/// The configurations that initdb makes: `simple` (pg_ts_config_map.dat), and one for each language of
/// snowball_create.pl, where words go to the language's stemmer and words in ASCII too, but for the languages that are
/// not written in it.
bool copy_built_in(const std::string& name, Object& object) {
  static constexpr std::string_view languages[] = {
      "arabic",  "armenian",   "basque",  "catalan",   "danish",     "dutch",     "english",    "estonian",
      "finnish", "french",     "german",  "greek",     "hindi",      "hungarian", "indonesian", "irish",
      "italian", "lithuanian", "nepali",  "norwegian", "portuguese", "polish",    "romanian",   "russian",
      "serbian", "spanish",    "swedish", "tamil",     "turkish",    "yiddish"};
  const bool is_simple = name == "simple";
  if (!is_simple && std::find(std::begin(languages), std::end(languages), name) == std::end(languages)) return false;
  const bool own_script = name == "hindi" || name == "russian";
  const std::string words = is_simple ? "simple" : name + "_stem";
  const std::string ascii_words = own_script ? "english_stem" : words;
  ByToken tokens;
  for (const auto token : simple_tokens) tokens[quote_identifier(token)] = "simple";
  for (const auto token : ascii_tokens) tokens[quote_identifier(token)] = ascii_words;
  for (const auto token : word_tokens) tokens[quote_identifier(token)] = words;
  object[parser] = quote_identifier("default");
  object[mappings] = to_list(tokens);
  return true;
}

bool copy_from(const sql::Node& option, Object& object, DesiredReader& reader) {
  const std::vector<std::string> names = define::names_of(option["arg"]);
  if (names.empty()) return false;
  std::vector<std::string> found;
  reader.qualified(text_search_configuration.name, define::name_list(option["arg"]), found);
  const Object* other = found.empty() ? nullptr : reader.schema().find(found.front());
  if (names.size() > 1)
    other = reader.schema().find(model::key_of(text_search_configuration, {names[names.size() - 2], names.back()}));
  if (other != nullptr) {
    object.values = other->values;
    object.depends = other->depends;
    return true;
  }
  if ((names.size() == 1 || names[names.size() - 2] == "pg_catalog") && copy_built_in(names.back(), object))
    return true;
  reader.error(option,
               "segue does not know what text search configuration " + quote_identifier(names.back()) +
                   " maps, so it cannot copy it",
               "write PARSER = …, and ALTER TEXT SEARCH CONFIGURATION … ADD MAPPING for each token type");
  return false;
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("defnames")));
  Object object =
      model::make_object(text_search_configuration, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  for (const sql::Node option : node.list("definition")) {
    if (option.text("defname") == "parser") {
      object[parser] = define::read_name(text_search_parser, define::name_list(option["arg"]), reader, object.depends);
    } else if (option.text("defname") == "copy") {
      if (!copy_from(option, object, reader)) return;
    } else {
      return reader.error(
          option, "a text search configuration has no parameter \"" + std::string(option.text("defname")) + "\"");
    }
  }
  reader.add(std::move(object));
}

/// tsearchcmds.c getTokenTypes lower-cases nothing: a token type is a name as it was written.
void replace_dictionary(const std::string& from, const std::string& to, std::string& dictionaries) {
  const std::string marked = ", " + dictionaries + ",";
  std::string result;
  for (std::size_t at = 0; at < marked.size();) {
    if (marked.compare(at, from.size() + 3, ", " + from + ",") == 0) {
      result += ", " + to;
      at += from.size() + 2;
    } else {
      result += marked[at++];
    }
  }
  dictionaries = result.substr(2, result.size() - 3);
}

void change_mappings(const sql::Node& node, const model::List& dictionaries, ByToken& map, DesiredReader& reader) {
  const std::string_view kind = node.text("kind");
  const std::vector<std::string> tokens = sql::strings(node.list("tokentype"));
  if (kind == "ALTER_TSCONFIG_REPLACE_DICT" || kind == "ALTER_TSCONFIG_REPLACE_DICT_FOR_TOKEN") {
    if (dictionaries.size() != 2) return;
    for (auto& [token, standing] : map) {
      const bool meant = tokens.empty() || std::any_of(tokens.begin(), tokens.end(), [&name = token](const auto& one) {
                           return quote_identifier(one) == name;
                         });
      if (meant) replace_dictionary(dictionaries[0], dictionaries[1], standing);
    }
    return;
  }
  for (const std::string& token : tokens) {
    const std::string name = quote_identifier(token);
    if (kind == "ALTER_TSCONFIG_DROP_MAPPING") {
      if (map.erase(name) == 0 && !node.flag("missing_ok"))
        reader.error(node, "there is no mapping for token type " + name);
    } else if (kind == "ALTER_TSCONFIG_ADD_MAPPING" && map.count(name) != 0) {
      reader.error(node, "token type " + name + " has a mapping already", "change it with ALTER MAPPING FOR " + name);
    } else {
      map[name] = join(dictionaries, ", ");
    }
  }
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* object = reader.find_object("OBJECT_TSCONFIGURATION", node["cfgname"]);
  if (object == nullptr) return;
  model::List dictionaries;
  for (const sql::Node name : node.list("dicts")) {
    dictionaries.push_back(define::read_name(text_search_dictionary, name.items(), reader, object->depends));
  }
  ByToken map = by_token(object->list(mappings));
  change_mappings(node, dictionaries, map, reader);
  (*object)[mappings] = to_list(map);
}

constexpr model::StatementReader statements[] = {{"DefineStmt/OBJECT_TSCONFIGURATION", read_create},
                                                 {"AlterTSConfigurationStmt", read_alter}};

}  // namespace

const model::Kind text_search_configuration = {
    .name = "text search configuration",
    .sql_class = "TEXT SEARCH CONFIGURATION",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = rebuilt,
    .has_owner = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
