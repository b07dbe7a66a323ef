// Enumerated types. PostgreSQL: pg_enum, commands/typecmds.c DefineEnum and AlterEnum.
#include <algorithm>

#include "base/quote.h"
#include "kinds/keep_aside.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/type_swap.h"
#include "sql/lexer.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::List;
using model::Object;
using model::Schema;
using model::Sides;
using model::Type;

enum : std::size_t { labels };

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

bool contains(const List& list, const std::string& label) {
  return std::find(list.begin(), list.end(), label) != list.end();
}

/// Whether every label of `part` stands in `whole`, in the same order.
bool is_subsequence(const List& part, const List& whole) {
  std::size_t at = 0;
  for (const std::string& label : whole) {
    if (at < part.size() && part[at] == label) ++at;
  }
  return at == part.size();
}

/// How a string constant that begins so spells the label: '…', or E'…' with backslashes doubled too.
std::string spelled_within(char beginning, const std::string& label) {
  std::string text;
  for (const char c : label) {
    if (c == '\'' || (c == '\\' && beginning != '\'')) text += c;
    text += c;
  }
  return text;
}

/// Whether a string constant is the label, or an array or row with the label in it (arrayfuncs.c array_in, rowtypes.c
/// record_in).
bool may_hold(std::string_view constant, const std::string& label) {
  const std::size_t first = constant.find('\'') + 1;
  const std::string_view text = constant.substr(first, constant.size() - first - 1);
  const std::string spelled = spelled_within(constant.front(), label);
  if (text == spelled) return true;
  if (text.empty() || std::string_view("{([").find(text.front()) == std::string_view::npos) return false;
  if (label.find_first_of("\"\\") != std::string::npos) return true;  // which is escaped there, in more than one way
  const auto is_around = [](char c) { return std::string_view("{}(),\" ").find(c) != std::string_view::npos; };
  for (std::size_t at = text.find(spelled, 1); at != std::string_view::npos; at = text.find(spelled, at + 1)) {
    const std::size_t end = at + spelled.size();
    if (is_around(text[at - 1]) && end < text.size() && is_around(text[end])) return true;
  }
  return false;
}

/// The constants of a definition that may hold the label, sorted.
std::vector<std::string> mentions(const model::Value& value, const std::string& label) {
  const std::string* text = std::get_if<std::string>(&value);
  if (const auto* definition = model::definition_in(value)) text = &definition->text;
  if (text == nullptr || text->find('\'') == std::string::npos) return {};
  std::vector<std::string> constants;
  for (const sql::Token& token : sql::tokens(*text)) {
    if (token.kind == sql::TokenKind::string && may_hold(token.text, label)) constants.emplace_back(token.text);
  }
  std::sort(constants.begin(), constants.end());
  return constants;
}

/// Whether an object comes to mention the label in SQL that the server analyses when it is created.
bool newly_mentions(const Object& after, const Schema& earlier, const std::string& label) {
  for (std::size_t i = 0; i < after.values.size(); ++i) {
    if (after.kind->attributes[i].grammar == model::Grammar::body) continue;
    const std::vector<std::string> now = mentions(after.values[i], label);
    if (now.empty()) continue;
    const Object* before = earlier.find(after.key);
    const std::vector<std::string> then = before == nullptr ? List{} : mentions(before->values[i], label);
    if (!std::includes(then.begin(), then.end(), now.begin(), now.end())) return true;
  }
  return false;
}

/// Whether it is a column of the type, or of arrays of it.
bool holds(const Object& object, const std::string& type) {
  static const std::size_t at = model::attribute(column, "type");
  return object.kind == &column && (object.text(at) == type || object.text(at) == type + "[]");
}

/// enum.c check_safe_enum_use: a label that ALTER TYPE added cannot be used before that transaction commits (55P04);
/// the labels of a type that the transaction created can. A column that stands already and is turned to this type may
/// hold them in its rows, and so do values kept aside that are put back into it.
bool uses_new_label(const Sides& sides) {
  static const std::size_t expression = model::attribute(column, "using");
  const List& old = sides.from->list(labels);
  std::vector<std::string> added;
  for (const std::string& label : sides.to->list(labels)) {
    if (!contains(old, label)) added.push_back(label);
  }
  const std::string type = address(*sides.to);
  for (const Object& after : sides.to_schema->objects()) {
    if (holds(after, type)) {
      const Object* before = sides.from_schema->find(after.key);
      if (before != nullptr && !holds(*before, type)) return true;
      if (aside::is_looked_up(after.definition(expression))) return true;
    }
    for (const std::string& label : added) {
      if (newly_mentions(after, *sides.from_schema, label)) return true;
    }
  }
  return false;
}

/// In place where labels are only added, ahead of the plan where it uses them; else the type is swapped, which moves
/// the columns that hold it, where they can be moved.
Change decide_labels(const Sides& sides) {
  const bool only_added = is_subsequence(sides.from->list(labels), sides.to->list(labels));
  const bool known = sides.from_schema != nullptr && sides.to_schema != nullptr;
  if (only_added && !(known && uses_new_label(sides))) return Change::in_place;
  if (only_added && sides.may_commit_ahead) return Change::ahead;
  return known ? decide_exchange(sides) : Change::alter;
}

/// With expressions of the file several labels may become one.
model::Fidelity judge_labels(const Sides& sides) {
  if (sides.to_schema == nullptr || decide_labels(sides) != Change::alter || !has_other_labels(sides))
    return model::Fidelity::exact;
  static const std::size_t expression = model::attribute(column, "using");
  const auto& all = sides.to_schema->objects();
  const bool says_how = std::any_of(all.begin(), all.end(), [&](const Object& object) {
    return holds(object, address(*sides.to)) && object.has(expression);
  });
  return says_how ? model::Fidelity::loses_data : model::Fidelity::exact;
}

void swap_labels(const Sides& sides, Emit& emit) { exchange_type(sides, emit); }

void add_labels(const Sides& sides, Emit& emit) {
  const List& old = sides.from->list(labels);
  const List& wanted = sides.to->list(labels);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (contains(old, wanted[i])) continue;
    std::string sql = "ALTER TYPE " + address(*sides.to) + " ADD VALUE " + quote_literal(wanted[i]);
    const auto later = std::find_if(wanted.begin() + static_cast<std::ptrdiff_t>(i), wanted.end(),
                                    [&](const std::string& label) { return contains(old, label); });
    if (later != wanted.end()) {
      sql += i > 0 ? " AFTER " + quote_literal(wanted[i - 1]) : " BEFORE " + quote_literal(*later);
    }
    emit.statement(std::move(sql), "ALTER TYPE ADD VALUE");
  }
}

constexpr model::Attribute attributes[] = {
    {.name = "labels",
     .type = Type::list,
     .change = Change::alter,
     .alter = swap_labels,
     .decide = decide_labels,
     .disturbs_dependents = true,
     .judge = judge_labels,
     .reason = "PostgreSQL can neither remove nor move a label, nor use a new one in the transaction that adds it",
     .loss = "rows whose labels became one hold it, whichever they held",
     .ahead = "PostgreSQL lets nobody use a new label before the transaction that added it has committed"},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  std::vector<std::string> quoted;
  for (const std::string& label : sides.to->list(labels)) quoted.push_back(quote_literal(label));
  emit.statement("CREATE TYPE " + address(*sides.to) + " AS ENUM (" + join(quoted, ", ") + ")", "CREATE TYPE enum");
}

void drop(const Sides& sides, Emit& emit) { emit.statement("DROP TYPE " + address(*sides.from), "DROP TYPE"); }

std::string query(int) {
  return "SELECT t.oid, t.typarray, n.nspname, t.typname, ARRAY(SELECT e.enumlabel FROM pg_catalog.pg_enum e "
         "WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) "
         "FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
         "WHERE t.typtype = 'e' AND " +
         ours("pg_type", "t.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(enum_type, {row.text(2), row.text(3)}, model::key_of(schema, {row.text(2)}));
  object[labels] = row.list(4);
  const Object* added = reader.add(std::move(object), "pg_type", row.text(0));
  if (added != nullptr) reader.alias(*added, "pg_type", row.text(1));
}

/// pg_enum.c EnumValuesCreate.
bool is_valid_label(const sql::Node& node, const std::string& label, DesiredReader& reader) {
  if (label.size() < 64) return true;
  reader.error(node, "the enum label " + quote_literal(label) + " is longer than 63 bytes");
  return false;
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("typeName")));
  Object object = model::make_object(enum_type, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  List wanted;
  for (std::string& label : sql::strings(node.list("vals"))) {
    if (!is_valid_label(node, label, reader)) return;
    if (contains(wanted, label)) {
      return reader.error(node, "the label " + quote_literal(label) + " stands twice in " + object.key);
    }
    wanted.push_back(std::move(label));
  }
  object[labels] = std::move(wanted);
  reader.add(std::move(object));
}

/// pg_enum.c RenameEnumLabel.
void rename_label(const sql::Node& node, Object& object, DesiredReader& reader) {
  List wanted = object.list(labels);
  const std::string to(node.text("newVal"));
  const auto at = std::find(wanted.begin(), wanted.end(), node.text("oldVal"));
  if (at == wanted.end()) {
    return reader.error(node, object.key + " has no label " + quote_literal(node.text("oldVal")));
  }
  if (contains(wanted, to)) return reader.error(node, object.key + " has a label " + quote_literal(to) + " already");
  *at = to;
  object[labels] = std::move(wanted);
}

/// pg_enum.c AddEnumLabel: at the end where no neighbour is named, else behind or before it.
void add_label(const sql::Node& node, Object& object, DesiredReader& reader) {
  List wanted = object.list(labels);
  std::string label(node.text("newVal"));
  if (!is_valid_label(node, label, reader)) return;
  if (contains(wanted, label)) {
    if (node.flag("skipIfNewValExists")) return;
    return reader.error(node, object.key + " has a label " + quote_literal(label) + " already",
                        "write ADD VALUE IF NOT EXISTS, or take the statement out");
  }
  auto at = wanted.end();
  if (node.has("newValNeighbor")) {
    at = std::find(wanted.begin(), wanted.end(), node.text("newValNeighbor"));
    if (at == wanted.end()) {
      return reader.error(node, object.key + " has no label " + quote_literal(node.text("newValNeighbor")));
    }
    if (node.flag("newValIsAfter")) ++at;
  }
  wanted.insert(at, std::move(label));
  object[labels] = std::move(wanted);
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* object = reader.find_object("OBJECT_TYPE", node["typeName"]);
  if (object == nullptr) return;
  if (object->kind != &enum_type) return reader.error(node, object->key + " is not an enum");
  if (node.has("oldVal")) return rename_label(node, *object, reader);
  add_label(node, *object, reader);
}

constexpr model::StatementReader statements[] = {{"CreateEnumStmt", read_create}, {"AlterEnumStmt", read_alter}};

}  // namespace

const model::Kind enum_type = {
    .name = "enum",
    .sql_class = "TYPE",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .replace_in_place = add_labels,
    .has_owner = true,
    .name_space = model::NameSpace::type,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
