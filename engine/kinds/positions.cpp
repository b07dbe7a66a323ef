#include "kinds/positions.h"

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/quote.h"
#include "kinds/column_parts.h"
#include "kinds/constraint_parts.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"

namespace segue::kinds::positions {
namespace {

using model::Emit;
using model::Object;
using model::Sides;

/// Locks what it names as a query does, and reads no rows of it.
constexpr const char* form_of_query = "CREATE SEQUENCE OWNED BY";

/// The sequences that a column has: its identity's, and those that it owns.
std::set<std::string> sequences_of(const model::Schema& all, const std::string& column_key) {
  static const std::size_t of_identity = model::attribute(column, "identity_sequence");
  static const std::size_t owned_by = model::attribute(sequence, "owned_by");
  std::set<std::string> found;
  if (const Object* one = all.find(column_key); one != nullptr && one->has(of_identity))
    found.insert("identity " + one->text(of_identity));
  for (const Object& object : all.objects()) {
    if (object.kind == &sequence && object.text(owned_by) == column_key) found.insert(object.key);
  }
  return found;
}

bool has_one_without(const std::set<std::string>& some, const std::set<std::string>& others) {
  return std::any_of(some.begin(), some.end(), [&](const std::string& one) { return others.count(one) == 0; });
}

std::string setting(const std::string& column_key) { return "segue.position_" + sha256(column_key).substr(0, 8); }

bool holds_integers(const Object& object) {
  static const std::size_t type = model::attribute(column, "type");
  static const std::set<std::string> integers = {"smallint", "integer", "bigint"};
  return integers.count(object.text(type)) != 0;
}

void go_behind_values(const Sides& sides, const Object& now, const std::string& sequence,
                      const SequenceOptions& options, Emit& emit) {
  const std::string relation = quote_qualified(now.names[0], now.names[1]);
  const std::string name = quote_identifier(now.name());
  const bool up = options.increment > 0;
  const std::string last = std::string(up ? "pg_catalog.max(" : "pg_catalog.min(") + name + ")";
  const std::string on_its_way =
      up ? name + " >= " + std::to_string(options.start) + " AND " + name + " < " + std::to_string(options.maximum)
         : name + " <= " + std::to_string(options.start) + " AND " + name + " > " + std::to_string(options.minimum);
  auto& fragment = emit.statement("SELECT pg_catalog.setval(" + quote_literal(sequence) + ", " + last + ") FROM " +
                                      relation + " WHERE " + on_its_way + " HAVING " + last + " IS NOT NULL",
                                  form_of_query);
  fragment.relations = {relation};
  fragment.reads_rows = !leads_a_key(*sides.from_schema, now) || !leads_a_key(*sides.to_schema, now);
}

}  // namespace

bool leads_a_key(const model::Schema& all, const Object& one) {
  const auto parts = all.children(one.parent);
  return std::any_of(parts.begin(), parts.end(), [&](const Object* part) {
    return is_key(*part) && part->list(constraint_parts::columns).front() == one.name();
  });
}

bool is_handed_over(const Sides& sides, const std::string& column_key) {
  if (sides.from_schema == nullptr || sides.to_schema == nullptr) return false;
  if (!sides.from_schema->contains(column_key) || !sides.to_schema->contains(column_key)) return false;
  const auto before = sequences_of(*sides.from_schema, column_key);
  const auto after = sequences_of(*sides.to_schema, column_key);
  return has_one_without(before, after) && has_one_without(after, before);
}

namespace {

void note(const std::string& column_key, const std::string& sequence, Emit& emit) {
  emit.statement("SELECT pg_catalog.set_config(" + quote_literal(setting(column_key)) +
                     ", last_value || ' ' || is_called, true) FROM " + sequence,
                 form_of_query)
      .relations = {sequence};
}

void stand_where_noted(const std::string& column_key, const std::string& sequence, const SequenceOptions& options,
                       Emit& emit) {
  const auto part = [](const char* number, const char* type) {
    return "pg_catalog.split_part(position, ' ', " + std::string(number) + ")::pg_catalog." + type;
  };
  emit.statement("SELECT pg_catalog.setval(" + quote_literal(sequence) + ", GREATEST(LEAST(" + part("1", "int8") +
                     ", " + std::to_string(options.maximum) + "), " + std::to_string(options.minimum) + "), " +
                     part("2", "bool") + ") FROM pg_catalog.current_setting(" + quote_literal(setting(column_key)) +
                     ", true) position WHERE position <> ''",
                 form_of_query)
      .relations = {sequence};
}

}  // namespace

void leave(const Sides& sides, const std::string& column_key, const std::string& sequence, Emit& emit) {
  if (is_handed_over(sides, column_key)) note(column_key, sequence, emit);
}

void arrive(const Sides& sides, const std::string& column_key, const std::string& sequence,
            const SequenceOptions& options, Emit& emit) {
  if (is_handed_over(sides, column_key)) stand_where_noted(column_key, sequence, options, emit);
}

void go_on(const Sides& sides, const std::string& column_key, const std::string& sequence,
           const SequenceOptions& options, Emit& emit) {
  if (sides.from_schema == nullptr || sides.to_schema == nullptr) return;
  const Object* before = sides.from_schema->find(column_key);
  const Object* now = sides.to_schema->find(column_key);
  if (before == nullptr || now == nullptr) return;
  const Object* relation = sides.from_schema->find(before->parent);
  const bool has_rows_here = relation != nullptr && relation->kind == &table;
  const bool has_its_type = now->has(model::attribute(column, "identity")) || holds_integers(*before);  // by then
  if (has_rows_here && has_its_type && holds_integers(*now)) go_behind_values(sides, *now, sequence, options, emit);
  arrive(sides, column_key, sequence, options, emit);
}

void stand_in(const Object& one, Emit& emit) {
  emit.statement("CREATE SEQUENCE " + one.text(column_parts::identity_sequence) +
                     write_options(column_parts::identity_options_of(one)),
                 "CREATE SEQUENCE");
}

void make_room(const Object& one, Emit& emit) {
  const std::string& name = one.text(column_parts::identity_sequence);
  note(one.key, name, emit);
  emit.statement("DROP SEQUENCE " + name, "DROP SEQUENCE").relations = {name};
}

void take_over(const Object& one, Emit& emit) {
  stand_where_noted(one.key, one.text(column_parts::identity_sequence), column_parts::identity_options_of(one), emit);
}

}  // namespace segue::kinds::positions
