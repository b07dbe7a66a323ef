// Text search templates. PostgreSQL: pg_ts_template, tsearchcmds.c DefineTSTemplate. They have no owner.
#include "base/quote.h"
#include "kinds/define_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/routine_common.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { init, lexize };

constexpr std::string_view fixed = "no ALTER changes its functions";

constexpr model::Attribute attributes[] = {
    {.name = "init", .type = Type::text, .reason = fixed},
    {.name = "lexize", .type = Type::text, .reason = fixed},
};

struct Option {
  std::string_view name;
  std::size_t at;
};

constexpr Option known_options[] = {
    {"init", init},
    {"lexize", lexize},
};

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  model::List options;
  for (const Option& option : known_options) {
    if (sides.to->has(option.at)) options.push_back(std::string(option.name) + " = " + sides.to->text(option.at));
  }
  emit.statement("CREATE TEXT SEARCH TEMPLATE " + address(*sides.to) + " (" + join(options, ", ") + ")",
                 "CREATE TEXT SEARCH TEMPLATE");
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP TEXT SEARCH TEMPLATE " + address(*sides.from), "DROP TEXT SEARCH TEMPLATE");
}

bool rebuilt(const Object&) { return true; }

std::string function_or_null(const std::string& column) {
  return "CASE WHEN " + column + " <> 0 THEN " + routine::function_name_sql(column) + " END";
}

std::string query(int) {
  return "SELECT o.oid, n.nspname, o.tmplname, " + function_or_null("o.tmplinit") + ", " +
         function_or_null("o.tmpllexize") +
         " FROM pg_catalog.pg_ts_template o JOIN pg_catalog.pg_namespace n ON n.oid = o.tmplnamespace WHERE o.oid >= "
         "16384 AND " +
         ours("pg_ts_template", "o.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object =
      model::make_object(text_search_template, {row.text(1), row.text(2)}, model::key_of(schema, {row.text(1)}));
  for (const Option& option : known_options) object[option.at] = text_or_absent(row, option.at + 3);
  reader.add(std::move(object), "pg_ts_template", row.text(0));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("defnames")));
  Object object =
      model::make_object(text_search_template, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  for (const sql::Node option : node.list("definition")) {
    bool found = false;
    for (const Option& known : known_options) {
      if (known.name != option.text("defname")) continue;
      object[known.at] = routine::read_function_name(define::name_list(option["arg"]), reader, object.depends);
      found = true;
    }
    if (!found)
      reader.error(option, "a text search template has no parameter \"" + std::string(option.text("defname")) + "\"");
  }
  reader.add(std::move(object));
}

constexpr model::StatementReader statements[] = {{"DefineStmt/OBJECT_TSTEMPLATE", read_create}};

}  // namespace

const model::Kind text_search_template = {
    .name = "text search template",
    .sql_class = "TEXT SEARCH TEMPLATE",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = rebuilt,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
