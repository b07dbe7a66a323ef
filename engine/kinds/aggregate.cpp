// Aggregates: plain, moving, ordered-set and hypothetical-set. PostgreSQL: pg_aggregate, commands/aggregatecmds.c
// DefineAggregate, catalog/pg_aggregate.c AggregateCreate.
#include <algorithm>

#include "base/quote.h"
#include "kinds/define_options.h"
#include "kinds/kinds.h"
#include "kinds/operator_members.h"
#include "kinds/reader.h"
#include "kinds/routine_common.h"
#include "sql/lexer.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t {
  arg_names,
  arg_modes,
  arg_types,
  variety,
  direct_args,
  sfunc,
  stype,
  sspace,
  finalfunc,
  finalfunc_extra,
  finalfunc_modify,
  combinefunc,
  serialfunc,
  deserialfunc,
  initcond,
  msfunc,
  minvfunc,
  mstype,
  msspace,
  mfinalfunc,
  mfinalfunc_extra,
  mfinalfunc_modify,
  minitcond,
  sortop,
  parallel
};

constexpr std::string_view normal = "normal";
constexpr std::string_view ordered_set = "ordered-set";
constexpr std::string_view hypothetical_set = "hypothetical-set";

routine::Arguments arguments_of(const Object& object) {
  return {object.list(arg_names), object.list(arg_modes), object.list(arg_types)};
}

/// `*` stands for no argument at all.
std::string address(const Object& object) {
  return routine::quoted_name(object) + "(" + (object.names[2].empty() ? "*" : object.names[2]) + ")";
}

/// ProcedureCreate and AggregateCreate: input names, as for functions; what the state makes of the result is unknown
/// to us, and the server refuses another result.
Change decide_names(const Sides& sides) {
  return routine::may_rename_inputs(arguments_of(*sides.from), arguments_of(*sides.to)) ? Change::in_place
                                                                                        : Change::replace;
}

/// Whether a composite type among those that the aggregate is made of gets other attributes.
bool has_another_type(const Sides& sides) {
  return std::any_of(sides.to->depends.begin(), sides.to->depends.end(), [&](const std::string& key) {
    const Object* type = sides.to_schema->find(key);
    if (type == nullptr || type->kind != &composite_type) return false;
    const auto before = sides.from_schema->children(key);
    const auto after = sides.to_schema->children(key);
    const auto same = [](const Object* a, const Object* b) { return a->key == b->key && a->values == b->values; };
    return !std::equal(before.begin(), before.end(), after.begin(), after.end(), same);
  });
}

/// The state's type reads the value at once (aggregatecmds.c DefineAggregate), as it is then.
Change decide_start(const Sides& sides) { return has_another_type(sides) ? Change::replace : Change::in_place; }

constexpr model::Attribute start(std::string_view name) {
  return {.name = name,
          .type = Type::text,
          .change = Change::in_place,
          .decide = decide_start,
          .reason = "it is read by a type that changes with it"};
}

constexpr model::Attribute in_place(std::string_view name, Type type) {
  return {.name = name, .type = type, .change = Change::in_place};
}

constexpr model::Attribute replaced(std::string_view name, Type type) {
  return {.name = name,
          .type = type,
          .change = Change::replace,
          .reason = "CREATE OR REPLACE AGGREGATE can change neither its variety nor its result"};
}

constexpr model::Attribute attributes[] = {
    {.name = "arg_names",
     .type = Type::list,
     .change = Change::in_place,
     .decide = decide_names,
     .reason = "CREATE OR REPLACE AGGREGATE cannot rename an argument"},
    in_place("arg_modes", Type::list),
    replaced("arg_types", Type::list),
    replaced("variety", Type::text),
    replaced("direct_args", Type::integer),
    in_place("sfunc", Type::text),
    replaced("stype", Type::text),
    in_place("sspace", Type::integer),
    replaced("finalfunc", Type::text),
    replaced("finalfunc_extra", Type::boolean),
    in_place("finalfunc_modify", Type::text),
    in_place("combinefunc", Type::text),
    in_place("serialfunc", Type::text),
    in_place("deserialfunc", Type::text),
    start("initcond"),
    in_place("msfunc", Type::text),
    in_place("minvfunc", Type::text),
    in_place("mstype", Type::text),
    in_place("msspace", Type::integer),
    in_place("mfinalfunc", Type::text),
    in_place("mfinalfunc_extra", Type::boolean),
    in_place("mfinalfunc_modify", Type::text),
    start("minitcond"),
    in_place("sortop", Type::text),
    in_place("parallel", Type::text),
};

/// pg_aggregate.c: what a final function may do to the state where nothing is said.
std::string default_modify(const Object& object) { return object.text(variety) == normal ? "read_only" : "read_write"; }

/// ruleutils.c print_function_arguments: a variadic last direct argument stands for the ordered ones as well.
std::string write_arguments(const Object& object) {
  const routine::Arguments arguments = arguments_of(object);
  const auto direct = static_cast<std::size_t>(object.number(direct_args));
  std::vector<std::string> first;
  std::vector<std::string> ordered;
  for (std::size_t i = 0; i < arguments.types.size(); ++i) {
    (object.text(variety) != normal && i >= direct ? ordered : first).push_back(routine::write_argument(arguments, i));
  }
  if (object.text(variety) == normal) return first.empty() ? "*" : join(first, ", ");
  if (ordered.empty() && !first.empty()) ordered.push_back(first.back());
  return join(first, ", ") + (first.empty() ? "" : " ") + "ORDER BY " + join(ordered, ", ");
}

std::string write_options(const Object& object) {
  std::vector<std::string> options;
  const auto add = [&](const char* name, std::size_t at, bool literal = false) {
    if (!object.has(at)) return;
    options.push_back(std::string(name) + " = " + (literal ? quote_literal(object.text(at)) : object.text(at)));
  };
  const auto number = [&](const char* name, std::size_t at) {
    if (object.number(at) != 0) options.push_back(std::string(name) + " = " + std::to_string(object.number(at)));
  };
  const auto flag = [&](const char* name, std::size_t at) {
    if (object.flag(at)) options.emplace_back(name);
  };
  const auto modify = [&](const char* name, std::size_t at) {
    if (object.has(at) && object.text(at) != default_modify(object)) add(name, at);
  };
  add("SFUNC", sfunc);
  add("STYPE", stype);
  number("SSPACE", sspace);
  add("FINALFUNC", finalfunc);
  flag("FINALFUNC_EXTRA", finalfunc_extra);
  modify("FINALFUNC_MODIFY", finalfunc_modify);
  add("COMBINEFUNC", combinefunc);
  add("SERIALFUNC", serialfunc);
  add("DESERIALFUNC", deserialfunc);
  add("INITCOND", initcond, true);
  add("MSFUNC", msfunc);
  add("MINVFUNC", minvfunc);
  add("MSTYPE", mstype);
  number("MSSPACE", msspace);
  add("MFINALFUNC", mfinalfunc);
  flag("MFINALFUNC_EXTRA", mfinalfunc_extra);
  modify("MFINALFUNC_MODIFY", mfinalfunc_modify);
  add("MINITCOND", minitcond, true);
  if (object.has(sortop)) options.push_back("SORTOP = OPERATOR(" + object.text(sortop) + ")");
  if (object.text(parallel) != "unsafe") add("PARALLEL", parallel);
  if (object.text(variety) == hypothetical_set) options.emplace_back("HYPOTHETICAL");
  return join(options, ",\n    ");
}

void write(const Sides& sides, const char* head, Emit& emit) {
  emit.statement(std::string(head) + routine::quoted_name(*sides.to) + "(" + write_arguments(*sides.to) + ") (\n    " +
                     write_options(*sides.to) + "\n)",
                 "CREATE AGGREGATE");
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) { write(sides, "CREATE AGGREGATE ", emit); }

void replace_in_place(const Sides& sides, Emit& emit) { write(sides, "CREATE OR REPLACE AGGREGATE ", emit); }

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP AGGREGATE " + address(*sides.from), "DROP AGGREGATE");
}

bool rebuilt(const Object&) { return true; }

std::string modify_word(const std::string& column) {
  return "CASE a." + column + " WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable' ELSE 'read_write' END";
}

std::string function_or_null(const std::string& column) {
  return "CASE WHEN a." + column + " <> 0 THEN " + routine::function_name_sql("a." + column) + " END";
}

std::string query(int) {
  std::string sql =
      "SELECT p.oid, n.nspname, p.proname, p.proargnames, p.proargmodes, "
      "ARRAY(SELECT pg_catalog.format_type(u.t, NULL) FROM pg_catalog.unnest(COALESCE(p.proallargtypes, "
      "p.proargtypes::pg_catalog.oid[])) WITH ORDINALITY u(t, o) ORDER BY u.o), "
      "CASE a.aggkind WHEN 'o' THEN 'ordered-set' WHEN 'h' THEN 'hypothetical-set' ELSE 'normal' END, "
      "a.aggnumdirectargs, ";
  sql += function_or_null("aggtransfn") + ", pg_catalog.format_type(a.aggtranstype, NULL), a.aggtransspace, ";
  sql += function_or_null("aggfinalfn") + ", a.aggfinalextra, " + modify_word("aggfinalmodify") + ", ";
  sql += function_or_null("aggcombinefn") + ", " + function_or_null("aggserialfn") + ", ";
  sql += function_or_null("aggdeserialfn") + ", a.agginitval, ";
  sql += function_or_null("aggmtransfn") + ", " + function_or_null("aggminvtransfn") + ", ";
  sql += "CASE WHEN a.aggmtranstype <> 0 THEN pg_catalog.format_type(a.aggmtranstype, NULL) END, a.aggmtransspace, ";
  sql += function_or_null("aggmfinalfn") + ", a.aggmfinalextra, " + modify_word("aggmfinalmodify") + ", ";
  sql +=
      "a.aggminitval, (SELECT CASE WHEN opn.nspname = 'pg_catalog' THEN '' ELSE "
      "pg_catalog.quote_ident(opn.nspname) || '.' END || op.oprname FROM pg_catalog.pg_operator op "
      "JOIN pg_catalog.pg_namespace opn ON opn.oid = op.oprnamespace WHERE op.oid = a.aggsortop), "
      "CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' ELSE 'unsafe' END "
      "FROM pg_catalog.pg_aggregate a JOIN pg_catalog.pg_proc p ON p.oid = a.aggfnoid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE ";
  return sql + ours("pg_proc", "p.oid", "n.nspname");
}

model::Value read_cell(const Row& row, std::size_t column, const model::Attribute& attribute) {
  if (attribute.type == Type::boolean) return row.flag(column);
  if (attribute.type == Type::integer) return row.number(column);
  if (row.null(column)) return {};
  return row.text(column);
}

void read_row(const Row& row, CatalogReader& reader) {
  constexpr std::size_t first = 3;
  const routine::Arguments arguments = routine::read_arguments(row, 3, 4, 5);
  Object object = model::make_object(aggregate, {row.text(1), row.text(2), routine::signature(arguments)},
                                     model::key_of(schema, {row.text(1)}));
  object[arg_names] = arguments.names;
  object[arg_modes] = arguments.modes;
  object[arg_types] = arguments.types;
  for (std::size_t i = variety; i <= parallel; ++i) object[i] = read_cell(row, first + i, attributes[i]);
  reader.add(std::move(object), "pg_proc", row.text(0));
}

// -- the file's side --------------------------------------------------------------------------------------------------

/// aggregatecmds.c DefineAggregate: the operator is one of the aggregate's only argument, on both sides.
std::string operator_of(const sql::Node& arg, Object& object, DesiredReader& reader) {
  std::vector<std::string> names = define::names_of(arg);
  const model::List& types = object.list(arg_types);
  const std::string type = types.size() == 1 ? types.front() : "";
  return operator_members::operator_text(names, type, type, reader, object.depends);
}

struct Option {
  std::string_view name;
  std::size_t at;
  enum { function_name, type_name, string, word, number, flag } shape;
};

/// aggregatecmds.c DefineAggregate; sfunc1, stype1 and initcond1 are the spellings before 7.3.
constexpr Option options[] = {
    {"sfunc", sfunc, Option::function_name},
    {"sfunc1", sfunc, Option::function_name},
    {"stype", stype, Option::type_name},
    {"stype1", stype, Option::type_name},
    {"sspace", sspace, Option::number},
    {"finalfunc", finalfunc, Option::function_name},
    {"finalfunc_extra", finalfunc_extra, Option::flag},
    {"finalfunc_modify", finalfunc_modify, Option::word},
    {"combinefunc", combinefunc, Option::function_name},
    {"serialfunc", serialfunc, Option::function_name},
    {"deserialfunc", deserialfunc, Option::function_name},
    {"initcond", initcond, Option::string},
    {"initcond1", initcond, Option::string},
    {"msfunc", msfunc, Option::function_name},
    {"minvfunc", minvfunc, Option::function_name},
    {"mstype", mstype, Option::type_name},
    {"msspace", msspace, Option::number},
    {"mfinalfunc", mfinalfunc, Option::function_name},
    {"mfinalfunc_extra", mfinalfunc_extra, Option::flag},
    {"mfinalfunc_modify", mfinalfunc_modify, Option::word},
    {"minitcond", minitcond, Option::string},
    {"parallel", parallel, Option::word},
};

void read_option(const sql::Node& node, Object& object, DesiredReader& reader) {
  const std::string_view name = node.text("defname");
  const sql::Node arg = node["arg"];
  if (name == "basetype") return;
  if (name == "sortop") {
    object[sortop] = operator_of(arg, object, reader);
    return;
  }
  if (name == "hypothetical") {
    if (define::flag_of(arg)) object[variety] = std::string(hypothetical_set);
    return;
  }
  const auto* option =
      std::find_if(std::begin(options), std::end(options), [&](const Option& one) { return one.name == name; });
  if (option == std::end(options)) {
    return reader.error(node, "an aggregate has no parameter \"" + std::string(name) + "\"");
  }
  switch (option->shape) {
    case Option::function_name:
      object[option->at] = routine::read_function_name(define::name_list(arg), reader, object.depends);
      return;
    case Option::type_name:
      object[option->at] = routine::without_modifier(reader.type(arg, object.depends));
      return;
    case Option::string:
    case Option::word:
      object[option->at] = define::text_of(arg);
      return;
    case Option::number:
      object[option->at] = arg.number();
      return;
    case Option::flag:
      object[option->at] = define::flag_of(arg);
      return;
  }
}

/// Old syntax: BASETYPE is the one argument, 'ANY' says there is none.
routine::Arguments read_base_type(const sql::Node& node, DesiredReader& reader, std::vector<std::string>& depends) {
  routine::Arguments arguments;
  for (const sql::Node option : node.list("definition")) {
    if (option.text("defname") != "basetype") continue;
    const sql::Node arg = option["arg"];
    std::string word = define::text_of(arg);
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (word == "any" && (!arg.is("TypeName") || arg.list("names").size() == 1)) return arguments;
    arguments.names.emplace_back();
    arguments.modes.emplace_back("i");
    arguments.types.push_back(arg.is("TypeName") ? routine::without_modifier(reader.type(arg, depends)) : word);
  }
  return arguments;
}

/// Whether ORDER BY stands among the arguments: the tree shows 0 direct arguments and none at all alike.
bool has_order_by(DesiredReader& reader) {
  sql::Cutter cutter = reader.cutter();
  const std::string_view text = cutter.text(cutter.parenthesised());
  int depth = 0;
  for (const sql::Token& token : sql::tokens(text)) {
    if (depth == 0 && token.is_word("order")) return true;
    if (token.is('(')) ++depth;
    if (token.is(')')) --depth;
  }
  return false;
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("defnames")));
  std::vector<std::string> depends;
  const bool old_style = node.flag("oldstyle");
  const sql::List args = node.list("args");
  const routine::Arguments arguments =
      old_style ? read_base_type(node, reader, depends) : routine::read_arguments(args[0].items(), reader, depends);
  const bool ordered = !old_style && has_order_by(reader);
  Object object = model::make_object(aggregate, {name.schema, name.name, routine::signature(arguments)},
                                     model::key_of(schema, {name.schema}));
  object.depends = std::move(depends);
  object[arg_names] = arguments.names;
  object[arg_modes] = arguments.modes;
  object[arg_types] = arguments.types;
  object[variety] = std::string(ordered ? ordered_set : normal);
  object[direct_args] = ordered ? args[1].number() : std::int64_t{0};
  for (const std::size_t at : {sspace, msspace}) object[at] = std::int64_t{0};
  for (const std::size_t at : {finalfunc_extra, mfinalfunc_extra}) object[at] = false;
  object[parallel] = std::string("unsafe");
  for (const sql::Node option : node.list("definition")) read_option(option, object, reader);
  for (const std::size_t at : {finalfunc_modify, mfinalfunc_modify}) {
    if (!object.has(at)) object[at] = default_modify(object);
  }
  routine::add_or_replace(std::move(object), node.flag("replace"), reader);
}

constexpr model::StatementReader statements[] = {{"DefineStmt/OBJECT_AGGREGATE", read_create}};

}  // namespace

const model::Kind aggregate = {
    .name = "aggregate",
    .sql_class = "AGGREGATE",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .replace_in_place = replace_in_place,
    .rebuilt_when_disturbed = rebuilt,
    .has_owner = true,
    .name_space = model::NameSpace::routine,
    .signature = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
