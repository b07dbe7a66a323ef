// Text search dictionaries. PostgreSQL: pg_ts_dict, tsearchcmds.c DefineTSDictionary, AlterTSDictionary.
#include <algorithm>

#include "base/quote.h"
#include "kinds/define_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "sql/lexer.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { template_name, options };

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

/// Of `name = value` the name, quoted as it stands.
std::string name_of(const std::string& option) { return option.substr(0, option.find(" = ")); }

bool holds(const model::List& list, const std::string& option) {
  return std::find(list.begin(), list.end(), option) != list.end();
}

/// An option named alone is taken away.
void alter_options(const Sides& sides, Emit& emit) {
  const model::List& from = sides.from->list(options);
  const model::List& to = sides.to->list(options);
  model::List changes;
  for (const std::string& option : from) {
    const bool stays =
        std::any_of(to.begin(), to.end(), [&](const std::string& other) { return name_of(other) == name_of(option); });
    if (!stays) changes.push_back(name_of(option));
  }
  for (const std::string& option : to) {
    if (!holds(from, option)) changes.push_back(option);
  }
  if (changes.empty()) return;
  emit.statement("ALTER TEXT SEARCH DICTIONARY " + address(*sides.to) + " (" + join(changes, ", ") + ")",
                 "ALTER TEXT SEARCH DICTIONARY");
}

constexpr model::Attribute attributes[] = {
    {.name = "template", .type = Type::text, .reason = "a dictionary's template cannot be changed"},
    {.name = "options", .type = Type::list, .change = Change::alter, .alter = alter_options, .unordered = true},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  model::List list = {"TEMPLATE = " + sides.to->text(template_name)};
  for (const std::string& option : sides.to->list(options)) list.push_back(option);
  emit.statement("CREATE TEXT SEARCH DICTIONARY " + address(*sides.to) + " (" + join(list, ", ") + ")",
                 "CREATE TEXT SEARCH DICTIONARY");
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP TEXT SEARCH DICTIONARY " + address(*sides.from), "DROP TEXT SEARCH DICTIONARY");
}

bool rebuilt(const Object&) { return true; }

std::string query(int) {
  return "SELECT d.oid, n.nspname, d.dictname, " + define::name_sql("tn.nspname", "t.tmplname") +
         ", d.dictinitoption FROM pg_catalog.pg_ts_dict d JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace "
         "JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate JOIN pg_catalog.pg_namespace tn ON tn.oid = "
         "t.tmplnamespace "
         "WHERE d.oid >= 16384 AND " +
         ours("pg_ts_dict", "d.oid", "n.nspname");
}

/// tsearchcmds.c serialize_deflist wrote it: `name = value, …`.
model::List split_options(const std::string& text) {
  model::List list;
  const std::vector<sql::Token> tokens = sql::tokens(text);
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= tokens.size(); ++i) {
    if (i < tokens.size() && !tokens[i].is(',')) continue;
    if (i > begin)
      list.push_back(text.substr(static_cast<std::size_t>(tokens[begin].begin),
                                 static_cast<std::size_t>(tokens[i - 1].end - tokens[begin].begin)));
    begin = i + 1;
  }
  return list;
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object =
      model::make_object(text_search_dictionary, {row.text(1), row.text(2)}, model::key_of(schema, {row.text(1)}));
  object[template_name] = row.text(3);
  object[options] = split_options(row.text(4));
  reader.add(std::move(object), "pg_ts_dict", row.text(0));
}

/// serialize_deflist: a number stands bare, all else is a literal with quotes and backslashes doubled.
std::string serialized(const sql::Node& option) {
  const sql::Node arg = option["arg"];
  std::string sql = quote_identifier(option.text("defname")) + " = ";
  const std::string value = define::text_of(arg);
  if (arg.is("Integer") || arg.is("Float")) return sql + value;
  if (value.find('\\') != std::string::npos) sql += 'E';
  sql += '\'';
  for (const char c : value) sql += c == '\'' || c == '\\' ? std::string(2, c) : std::string(1, c);
  return sql + '\'';
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("defnames")));
  Object object =
      model::make_object(text_search_dictionary, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  model::List list;
  for (const sql::Node option : node.list("definition")) {
    if (option.text("defname") == "template") {
      object[template_name] =
          define::read_name(text_search_template, define::name_list(option["arg"]), reader, object.depends);
    } else {
      list.push_back(serialized(option));
    }
  }
  object[options] = std::move(list);
  reader.add(std::move(object));
}

/// AlterTSDictionary: the old value goes, the new one stands last.
void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* object = reader.find_object("OBJECT_TSDICTIONARY", node["dictname"]);
  if (object == nullptr) return;
  model::List list = object->list(options);
  for (const sql::Node option : node.list("options")) {
    const std::string name = quote_identifier(option.text("defname"));
    std::erase_if(list, [&](const std::string& standing) { return name_of(standing) == name; });
    if (option["arg"]) list.push_back(serialized(option));
  }
  (*object)[options] = std::move(list);
}

constexpr model::StatementReader statements[] = {{"DefineStmt/OBJECT_TSDICTIONARY", read_create},
                                                 {"AlterTSDictionaryStmt", read_alter}};

}  // namespace

const model::Kind text_search_dictionary = {
    .name = "text search dictionary",
    .sql_class = "TEXT SEARCH DICTIONARY",
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
