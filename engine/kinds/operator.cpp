// Operators. PostgreSQL: pg_operator; operatorcmds.c DefineOperator, pg_operator.c OperatorCreate.
//
// Commutators and negators may name one another in a circle: the first that is made leaves a shell for the other (an
// operator without a function, which neither reader sees), and the second fills it. The server keeps the link on both
// sides: naming the other one sets the other's link too where it has none, and a dropped operator's links go.
#include "base/quote.h"
#include "kinds/define_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/routine_common.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { left, right, function_name, commutator, negator, restrict_name, join_name, hashes, merges };

constexpr std::string_view none = "NONE";

/// An operator's name takes no quotes; its schema does.
std::string qualified(const std::string& in_schema, const std::string& name) {
  return in_schema == "pg_catalog" ? name : quote_identifier(in_schema) + "." + name;
}

std::string types_of(const std::string& left_type, const std::string& right_type) {
  return (left_type.empty() ? std::string(none) : left_type) + ", " +
         (right_type.empty() ? std::string(none) : right_type);
}

std::string address(const Object& object) {
  return qualified(object.names[0], object.names[1]) + " (" + object.names[2] + ")";
}

void set(const Sides& sides, const std::string& what, Emit& emit) {
  emit.statement("ALTER OPERATOR " + address(*sides.to) + " SET (" + what + ")", "ALTER OPERATOR SET");
}

std::string or_none(const Object& object, std::size_t at) {
  return object.has(at) ? object.text(at) : std::string(none);
}

void alter_restrict(const Sides& sides, Emit& emit) {
  set(sides, "RESTRICT = " + or_none(*sides.to, restrict_name), emit);
}
void alter_join(const Sides& sides, Emit& emit) { set(sides, "JOIN = " + or_none(*sides.to, join_name), emit); }

// -- links -----------------------------------------------------------------------------------------------------------

/// The operator that a link of `object` names, on that side: a commutator takes the types in the other order.
const Object* partner(const Object& object, std::size_t link, const model::Schema* side) {
  const std::string& name = object.text(link);
  if (side == nullptr || name.empty()) return nullptr;
  const std::string types = link == commutator ? types_of(object.text(right), object.text(left)) : object.names[2];
  for (const Object& other : side->objects()) {
    if (other.kind == &operator_ && other.names[2] == types && qualified(other.names[0], other.names[1]) == name)
      return &other;
  }
  return nullptr;
}

/// Whether the making or the dropping of the other operator brings the change of the link along (pg_operator.c
/// OperatorUpd).
bool follows(const Sides& sides, std::size_t link) {
  const bool gains = sides.to->has(link);
  const Object* other =
      gains ? partner(*sides.to, link, sides.to_schema) : partner(*sides.from, link, sides.from_schema);
  if (other == nullptr || (gains && sides.from->has(link))) return false;
  const model::Schema* opposite = gains ? sides.from_schema : sides.to_schema;
  return opposite == nullptr || !opposite->contains(other->key);
}

Change decide_link(const Sides& sides, std::size_t link) {
  if (follows(sides, link)) return Change::alter;
  // ALTER OPERATOR sets a link since 17, and only where there is none
  return sides.server_version >= 170000 && !sides.from->has(link) ? Change::alter : Change::replace;
}

void alter_link(const Sides& sides, std::size_t link, const char* word, Emit& emit) {
  if (sides.from != nullptr && follows(sides, link)) return;
  set(sides, std::string(word) + " = OPERATOR(" + sides.to->text(link) + ")", emit);
}

Change decide_commutator(const Sides& sides) { return decide_link(sides, commutator); }
Change decide_negator(const Sides& sides) { return decide_link(sides, negator); }
void alter_commutator(const Sides& sides, Emit& emit) { alter_link(sides, commutator, "COMMUTATOR", emit); }
void alter_negator(const Sides& sides, Emit& emit) { alter_link(sides, negator, "NEGATOR", emit); }

constexpr std::string_view fixed = "ALTER OPERATOR cannot change it";

constexpr model::Attribute attributes[] = {
    {.name = "left", .type = Type::text, .reason = fixed},
    {.name = "right", .type = Type::text, .reason = fixed},
    {.name = "function", .type = Type::text, .reason = fixed},
    {.name = "commutator",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_commutator,
     .decide = decide_commutator,
     .reason = fixed},
    {.name = "negator",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_negator,
     .decide = decide_negator,
     .reason = fixed},
    {.name = "restrict", .type = Type::text, .change = Change::alter, .alter = alter_restrict},
    {.name = "join", .type = Type::text, .change = Change::alter, .alter = alter_join},
    {.name = "hashes", .type = Type::boolean, .reason = fixed},
    {.name = "merges", .type = Type::boolean, .reason = fixed},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  model::List options = {"FUNCTION = " + object.text(function_name)};
  const auto add = [&](const char* name, std::size_t at, const char* before = "", const char* behind = "") {
    if (object.has(at)) options.push_back(std::string(name) + " = " + before + object.text(at) + behind);
  };
  add("LEFTARG", left);
  add("RIGHTARG", right);
  add("COMMUTATOR", commutator, "OPERATOR(", ")");
  add("NEGATOR", negator, "OPERATOR(", ")");
  if (object.flag(merges)) options.emplace_back("MERGES");
  if (object.flag(hashes)) options.emplace_back("HASHES");
  add("RESTRICT", restrict_name);
  add("JOIN", join_name);
  emit.statement(
      "CREATE OPERATOR " + qualified(object.names[0], object.names[1]) + " (\n    " + join(options, ",\n    ") + "\n)",
      "CREATE OPERATOR");
}

void drop(const Sides& sides, Emit& emit) { emit.statement("DROP OPERATOR " + address(*sides.from), "DROP OPERATOR"); }

bool rebuilt(const Object&) { return true; }

// -- catalog ---------------------------------------------------------------------------------------------------------

std::string operator_name_sql(const std::string& oid) {
  return "(SELECT CASE WHEN xn.nspname = 'pg_catalog' THEN '' ELSE pg_catalog.quote_ident(xn.nspname) || '.' END || "
         "x.oprname "
         "FROM pg_catalog.pg_operator x JOIN pg_catalog.pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = " +
         oid + ")";
}

std::string function_or_null(const std::string& column) {
  return "CASE WHEN " + column + " <> 0 THEN " + routine::function_name_sql(column) + " END";
}

std::string query(int) {
  return "SELECT o.oid, n.nspname, o.oprname, CASE WHEN o.oprleft <> 0 THEN pg_catalog.format_type(o.oprleft, NULL) "
         "END, "
         "CASE WHEN o.oprright <> 0 THEN pg_catalog.format_type(o.oprright, NULL) END, " +
         function_or_null("o.oprcode") + ", " + operator_name_sql("o.oprcom") + ", " +
         operator_name_sql("o.oprnegate") + ", " + function_or_null("o.oprrest") + ", " +
         function_or_null("o.oprjoin") +
         ", o.oprcanhash, o.oprcanmerge FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = "
         "o.oprnamespace "
         "WHERE o.oid >= 16384 AND o.oprcode <> 0 AND " +
         ours("pg_operator", "o.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(operator_, {row.text(1), row.text(2), types_of(row.text(3), row.text(4))},
                                     model::key_of(schema, {row.text(1)}));
  for (std::size_t i = left; i <= join_name; ++i) object[i] = text_or_absent(row, i + 3);
  object[hashes] = row.flag(10);
  object[merges] = row.flag(11);
  reader.add(std::move(object), "pg_operator", row.text(0));
}

// -- the file's side -------------------------------------------------------------------------------------------------

/// pg_operator.c get_other_operator: the operator of that name on the search path, else one still to be made where this
/// statement would make it.
std::string read_link(const sql::Node& arg, const std::string& types, DesiredReader& reader) {
  const std::vector<std::string> names = define::names_of(arg);
  if (names.empty()) return "";
  if (names.size() > 1) return qualified(names[names.size() - 2], names.back());
  for (const std::string& in_schema : routine::split_list(reader.setting("search_path"))) {
    if (reader.schema().contains(model::key_of(operator_, {in_schema, names.back(), types})))
      return qualified(in_schema, names.back());
  }
  const Name name = reader.creation_name(names);
  return qualified(name.schema, name.name);
}

/// The other side of the link, where the other operator stands and has none (pg_operator.c OperatorUpd).
void link_back(const Object& object, std::size_t link, DesiredReader& reader) {
  const Object* other = partner(object, link, &reader.schema());
  if (other == nullptr || other == &object || other->has(link)) return;
  (*reader.schema().find(other->key))[link] = qualified(object.names[0], object.names[1]);
}

void read_option(const sql::Node& node, Object& object, DesiredReader& reader) {
  const std::string_view name = node.text("defname");
  const sql::Node arg = node["arg"];
  const auto set_function = [&](std::size_t at) {
    object[at] = routine::read_function_name(define::name_list(arg), reader, object.depends);
  };
  if (name == "leftarg" || name == "rightarg" || name == "commutator" || name == "negator") return;
  if (name == "procedure" || name == "function") return set_function(function_name);
  if (name == "restrict") return set_function(restrict_name);
  if (name == "join") return set_function(join_name);
  if (name == "hashes") {
    object[hashes] = define::flag_of(arg);
  } else if (name == "merges") {
    object[merges] = define::flag_of(arg);
  } else if (name == "sort1" || name == "sort2" || name == "ltcmp" || name == "gtcmp") {
    object[merges] = true;  // operatorcmds.c: obsolete spellings that say no more
  } else {
    reader.error(node, "an operator has no attribute \"" + std::string(name) + "\"");
  }
}

std::string read_side(const sql::Node& node, std::string_view name, DesiredReader& reader,
                      std::vector<std::string>& depends) {
  for (const sql::Node option : node.list("definition")) {
    if (option.text("defname") == name) return routine::without_modifier(reader.type(option["arg"], depends));
  }
  return "";
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("defnames")));
  std::vector<std::string> depends;
  const std::string left_type = read_side(node, "leftarg", reader, depends);
  const std::string right_type = read_side(node, "rightarg", reader, depends);
  Object object = model::make_object(operator_, {name.schema, name.name, types_of(left_type, right_type)},
                                     model::key_of(schema, {name.schema}));
  object.depends = std::move(depends);
  if (!left_type.empty()) object[left] = left_type;
  if (!right_type.empty()) object[right] = right_type;
  for (const sql::Node option : node.list("definition")) {
    read_option(option, object, reader);
    if (option.text("defname") == "commutator")
      object[commutator] = read_link(option["arg"], types_of(right_type, left_type), reader);
    if (option.text("defname") == "negator") object[negator] = read_link(option["arg"], object.names[2], reader);
  }
  const Object* added = reader.add(std::move(object));
  if (added == nullptr) return;
  link_back(*added, commutator, reader);
  link_back(*added, negator, reader);
}

/// ALTER OPERATOR … SET (RESTRICT = …, JOIN = …); since 17 also the links and HASHES, MERGES.
void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* object = reader.find_object("OBJECT_OPERATOR", node["opername"]);
  if (object == nullptr) return;
  for (const sql::Node option : node.list("options")) {
    const std::string_view name = option.text("defname");
    if ((name == "restrict" || name == "join") && (!option["arg"] || option["arg"].text() == "none")) {
      (*object)[name == "join" ? join_name : restrict_name] = {};
    } else if (name == "commutator" || name == "negator") {
      const std::size_t link = name == "commutator" ? commutator : negator;
      (*object)[link] =
          read_link(option["arg"],
                    link == commutator ? types_of(object->text(right), object->text(left)) : object->names[2], reader);
      link_back(*object, link, reader);
    } else {
      read_option(option, *object, reader);
    }
  }
}

constexpr model::StatementReader statements[] = {{"DefineStmt/OBJECT_OPERATOR", read_create},
                                                 {"AlterOperatorStmt", read_alter}};

}  // namespace

const model::Kind operator_ = {
    .name = "operator",
    .sql_class = "OPERATOR",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = rebuilt,
    .has_owner = true,
    .signature = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
