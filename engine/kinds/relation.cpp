#include "kinds/relation.h"

#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "sql/lexer.h"
#include "sql/tree.h"

namespace segue::kinds {
namespace {

using model::List;
using model::Object;

std::string name_of(const std::string& option) { return option.substr(0, option.find('=')); }

bool flag_of(const Object& object, std::string_view attribute) {
  for (std::size_t i = 0; i < object.kind->attributes.size(); ++i) {
    if (object.kind->attributes[i].name == attribute) return object.flag(i);
  }
  return false;
}

/// `toast.autovacuum_enabled` with each part quoted.
std::string quoted_option(const std::string& name) {
  const auto dot = name.find('.');
  if (dot == std::string::npos) return quote_identifier(name);
  return quote_identifier(name.substr(0, dot)) + "." + quote_identifier(name.substr(dot + 1));
}

std::string text_of(const sql::Node& value) {
  if (!value) return "true";  // reloptions.c transformRelOptions: a name alone is true
  if (value.is("TypeName")) return sql::strings(value.list("names")).back();  // a bare word such as `off` or `auto`
  if (value.is("Integer")) return std::to_string(value.number());
  if (value.is("Float")) return std::string(value.text("fval"));
  if (value.is("Boolean")) return value.flag() ? "true" : "false";
  return std::string(value.text());
}

}  // namespace

std::string relation_address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

std::string quoted_name(const Object& object) { return quote_identifier(object.names.back()); }

const Object* relation_of(const model::Sides& sides, const Object& child) {
  for (const model::Schema* side : {sides.to_schema, sides.from_schema}) {
    if (side == nullptr) continue;
    for (const Object* at = &child; at != nullptr; at = side->find(at->parent)) {
      if (at->names.size() == 2 && at != &child) return at;
    }
  }
  return nullptr;
}

bool is_table(const Object& object) { return object.kind == &table || object.kind == &foreign_table; }

bool is_key(const Object& object) {
  if (object.kind != &constraint) return false;
  const std::string& type = object.text(model::attribute(constraint, "type"));
  return type == "primary key" || type == "unique";
}

bool is_partitioned(const Object* relation) {
  if (relation == nullptr) return false;
  for (std::size_t i = 0; i < relation->kind->attributes.size(); ++i) {
    if (relation->kind->attributes[i].name == "partition_by") return relation->has(i);
  }
  return false;
}

std::string alter_table(const model::Sides& sides, const Object& child, bool local) {
  const Object* relation = child.names.size() == 2 ? &child : relation_of(sides, child);
  const bool foreign = relation != nullptr && relation->kind->sql_class == "FOREIGN TABLE";
  const bool has_children = relation != nullptr && (flag_of(*relation, "has_children") || is_partitioned(relation));
  return std::string(foreign ? "ALTER FOREIGN TABLE " : "ALTER TABLE ") + (local && has_children ? "ONLY " : "") +
         relation_address(child);
}

std::string rename_constraint(const Object& child, const std::string& from, const std::string& to) {
  return "ALTER TABLE " + relation_address(child) + " RENAME CONSTRAINT " + quote_identifier(from) + " TO " +
         quote_identifier(to);
}

void each_below(const model::Schema& side, const Object& top, const std::function<bool(const Object&)>& visit) {
  const Object* relation = side.find(top.parent);
  if (relation == nullptr || !(flag_of(*relation, "has_children") || is_partitioned(relation))) return;
  const std::size_t inherited_from = model::attribute(*top.kind, "inherited_from");
  std::vector<std::string> reached = {top.key};
  for (std::size_t at = 0; at < reached.size(); ++at) {
    for (const Object& object : side.objects()) {
      if (object.kind != top.kind) continue;
      const List& from = object.list(inherited_from);
      const bool comes_from_it = std::find(from.begin(), from.end(), reached[at]) != from.end();
      const bool is_new = comes_from_it && std::find(reached.begin(), reached.end(), object.key) == reached.end();
      if (is_new && visit(object)) reached.push_back(object.key);
    }
  }
}

bool names_in_partition_key(const Object& relation, const std::string& name) {
  if (!is_partitioned(&relation)) return false;
  const std::string quoted = quote_identifier(name);
  const auto tokens = sql::tokens(relation.definition(model::attribute(table, "partition_by")).text);
  return std::any_of(tokens.begin(), tokens.end(), [&](const sql::Token& token) {
    return token.kind == sql::TokenKind::word ? token.is_word(quoted) : token.text == quoted;
  });
}

void alter_index_options(const model::Sides& sides, const std::string& address, std::size_t options,
                         model::Emit& emit) {
  const OptionChange change = change_options(sides.from->list(options), sides.to->list(options));
  const std::string head = "ALTER INDEX " + address;
  if (!change.reset.empty()) emit.statement(head + " RESET (" + change.reset + ")", "ALTER INDEX RESET (fillfactor)");
  if (!change.set.empty()) emit.statement(head + " SET (" + change.set + ")", "ALTER INDEX SET (fillfactor)");
}

void alter_index_tablespace(const model::Sides& sides, const std::string& address, std::size_t tablespace,
                            model::Emit& emit) {
  const std::string to = sides.to->has(tablespace) ? quote_identifier(sides.to->text(tablespace)) : "pg_default";
  emit.statement("ALTER INDEX " + address + " SET TABLESPACE " + to, "ALTER INDEX SET TABLESPACE");
}

model::Value tablespace_value(std::string_view name) {
  if (name.empty() || name == "pg_default") return {};
  return std::string(name);
}

model::Value tablespace_or_default(std::string_view written, const DesiredReader& reader) {
  return tablespace_value(written.empty() ? reader.setting("default_tablespace") : std::string(written));
}

model::Change decide_index_options(const model::Sides& sides) {
  return is_partitioned(relation_of(sides, *sides.to)) ? model::Change::replace : model::Change::alter;
}

OptionChange change_options(const List& from, const List& to) {
  OptionChange change;
  List set;
  List reset;
  List after;
  for (const std::string& option : from) {
    const bool stays =
        std::any_of(to.begin(), to.end(), [&](const auto& other) { return name_of(other) == name_of(option); });
    if (stays)
      after.push_back(option);
    else
      reset.push_back(quoted_option(name_of(option)));
  }
  // reloptions.c transformRelOptions puts what is set behind what stays: from where that is another order, all is set
  const auto differs = std::mismatch(after.begin(), after.end(), to.begin(), to.end()).second;
  if (static_cast<std::size_t>(differs - to.begin()) < to.size()) set = List(differs, to.end());
  change.set = option_list(set);
  change.reset = join(reset, ", ");
  return change;
}

std::string option_list(const List& options) {
  List parts;
  for (const std::string& option : options) {
    const std::string name = name_of(option);
    parts.push_back(quoted_option(name) + "=" + quote_literal(option.substr(std::min(name.size() + 1, option.size()))));
  }
  return join(parts, ", ");
}

List read_options(const sql::Node& holder, std::string_view field) {
  List options;
  for (const sql::Node element : holder.list(field)) {
    std::string name(element.text("defname"));
    if (const auto space = element.text("defnamespace"); !space.empty()) name = std::string(space) + "." + name;
    options.push_back(name + "=" + text_of(element["arg"]));
  }
  return options;
}

void merge_options(List& options, const List& changes, bool reset) {
  for (const std::string& change : changes) {
    std::erase_if(options, [&](const std::string& option) { return name_of(option) == name_of(change); });
    if (!reset) options.push_back(change);
  }
}

}  // namespace segue::kinds
