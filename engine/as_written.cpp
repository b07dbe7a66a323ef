#include "as_written.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/not_null.h"

namespace segue {
namespace {

using model::Object;

const model::Value& value(const Object& object, std::string_view name) {
  return object[model::attribute(*object.kind, name)];
}
const std::string& text(const Object& object, std::string_view name) {
  return object.text(model::attribute(*object.kind, name));
}
std::int64_t number(const Object& object, std::string_view name) {
  return object.number(model::attribute(*object.kind, name));
}
bool flag(const Object& object, std::string_view name) { return object.flag(model::attribute(*object.kind, name)); }

/// The server keeps constraints in whatever order; people write keys before conditions, and the same text each time.
void sort_constraints(model::Schema& schema) {
  const auto rank = [](const Object& object) {
    static const std::vector<std::string> order = {"primary key", "unique", "exclude", "foreign key"};
    return std::find(order.begin(), order.end(), text(object, "type")) - order.begin();
  };
  std::vector<Object> constraints;
  model::Schema sorted;
  for (Object& object : schema.objects()) {
    if (object.kind == &kinds::constraint)
      constraints.push_back(std::move(object));
    else
      sorted.add(std::move(object));
  }
  std::sort(constraints.begin(), constraints.end(),
            [&](const Object& a, const Object& b) { return rank(a) != rank(b) ? rank(a) < rank(b) : a.key < b.key; });
  for (Object& object : constraints) sorted.add(std::move(object));
  schema = std::move(sorted);
}

/// A type may need a function that takes the type (the canonical function of a range): the function is made over a
/// shell of it (typecmds.c DefineType).
std::map<std::string, std::vector<std::string>> make_shells(model::Schema& schema) {
  std::map<std::string, std::vector<std::string>> shells;
  for (const Object& type : schema.objects()) {
    if (type.kind->name_space != model::NameSpace::type) continue;
    for (const std::string& needed : type.depends) {
      Object* function = schema.find(needed);
      if (function == nullptr || std::erase(function->depends, type.key) == 0) continue;
      shells[needed].push_back("CREATE TYPE " + type.kind->address(type) + ";");
    }
  }
  return shells;
}

// -- serial -----------------------------------------------------------------------------------------------------------

struct Serial {
  const char* type;
  const char* written;
  std::int64_t maximum;
};
constexpr Serial serials[] = {
    {"smallint", "smallserial", INT16_MAX}, {"integer", "serial", INT32_MAX}, {"bigint", "bigserial", INT64_MAX}};

std::string role_of(const model::Schema& schema, const std::string& key) {
  const Object* owner = schema.find(model::key_of(kinds::owner, {key}));
  return owner == nullptr ? "" : text(*owner, "role");
}

/// Whether the sequence is as a serial column makes it (parse_utilcmd.c generateSerialExtraStmts), and nobody has said
/// anything of it since.
bool is_made_by_serial(const model::Schema& schema, const Object& sequence, const Object& column, const Object& table,
                       const Serial& serial, int server_version) {
  const std::string name = column.names[1] + "_" + column.names[2] + "_seq";
  const bool unlogged = server_version >= 150000 && text(table, "persistence") == "u";
  const auto parts = schema.children(sequence.key);
  const bool untouched =
      std::all_of(parts.begin(), parts.end(), [](const Object* part) { return part->kind == &kinds::owner; }) &&
      role_of(schema, sequence.key) == role_of(schema, table.key);
  return untouched && name.size() <= 63 && sequence.names == model::List{table.names[0], name} &&
         text(sequence, "type") == serial.type && number(sequence, "start") == 1 &&
         number(sequence, "increment") == 1 && number(sequence, "minimum") == 1 &&
         number(sequence, "maximum") == serial.maximum && number(sequence, "cache") == 1 && !flag(sequence, "cycle") &&
         text(sequence, "persistence") == (unlogged ? "u" : "p");
}

/// The default that a serial column has; null where it has another one.
const Object* default_from(const model::Schema& schema, const Object& column, const Object& sequence) {
  const Object* object = schema.find(model::key_of(kinds::column_default, column.names));
  const std::string wanted =
      "nextval(" + quote_literal(quote_qualified(sequence.names[0], sequence.names[1])) + "::regclass)";
  const model::Definition* expression =
      object == nullptr ? nullptr : model::definition_in(value(*object, "expression"));
  return expression != nullptr && expression->text == wanted ? object : nullptr;
}

/// What is said with one word, instead of a sequence, its owner and a default.
struct SerialColumn {
  std::string sequence;
  std::string of_default;
  std::string column;
  const char* written;
};

/// A column of the table's own, to which nothing was done that would stand in another place.
bool may_be_serial(const Object& column) {
  const auto& parents = column.list(model::attribute(kinds::column, "inherited_from"));
  return flag(column, "not_null") && !kinds::states_not_null_name(column) && parents.empty() &&
         model::absent(value(column, "storage")) && model::absent(value(column, "of_attribute"));
}

std::vector<SerialColumn> serial_columns(const model::Schema& schema, int server_version) {
  std::vector<SerialColumn> found;
  for (const Object& sequence : schema.objects()) {
    if (sequence.kind != &kinds::sequence) continue;
    const Object* column = schema.find(text(sequence, "owned_by"));
    if (column == nullptr || column->kind != &kinds::column || !may_be_serial(*column)) continue;
    const Object* table = schema.find(column->parent);
    const Object* of_default = default_from(schema, *column, sequence);
    if (table == nullptr || table->kind != &kinds::table || of_default == nullptr) continue;
    for (const Serial& serial : serials) {
      if (text(*column, "type") == serial.type &&
          is_made_by_serial(schema, sequence, *column, *table, serial, server_version))
        found.push_back({sequence.key, of_default->key, column->key, serial.written});
    }
  }
  return found;
}

void write_serials(model::Schema& schema, int server_version) {
  std::map<std::string, std::string> columns;  // by the sequences that come with them
  for (const SerialColumn& one : serial_columns(schema, server_version)) {
    schema.remove(one.of_default);
    schema.remove(one.sequence);
    Object& column = *schema.find(one.column);
    column[model::attribute(kinds::column, "type")] = std::string(one.written);
    column[model::attribute(kinds::column, "not_null")] = false;
    columns[one.sequence] = one.column;
  }
  for (Object& object : schema.objects()) {
    for (std::string& needed : object.depends) {
      if (const auto column = columns.find(needed); column != columns.end() && object.parent != column->second)
        needed = column->second;
    }
  }
}

}  // namespace

std::map<std::string, std::vector<std::string>> as_written(model::Schema& schema, int server_version) {
  const std::size_t version = model::attribute(kinds::extension, "version");
  for (Object& object : schema.objects()) {
    if (object.kind == &kinds::extension) object[version] = {};
  }
  write_serials(schema, server_version);
  sort_constraints(schema);
  return make_shells(schema);
}

}  // namespace segue
