#include "kinds/sequence_options.h"

#include <cstdlib>
#include <optional>

#include "base/quote.h"

namespace segue::kinds {
namespace {

std::int64_t type_maximum(const std::string& type) {
  if (type == "smallint") return INT16_MAX;
  return type == "integer" ? INT32_MAX : INT64_MAX;
}
std::int64_t type_minimum(const std::string& type) {
  if (type == "smallint") return INT16_MIN;
  return type == "integer" ? INT32_MIN : INT64_MIN;
}
std::int64_t default_minimum(const SequenceOptions& o) { return o.increment > 0 ? 1 : type_minimum(o.type); }
std::int64_t default_maximum(const SequenceOptions& o) { return o.increment > 0 ? type_maximum(o.type) : -1; }
std::int64_t default_start(const SequenceOptions& o) { return o.increment > 0 ? o.minimum : o.maximum; }

std::int64_t number_of(const sql::Node& value) {
  if (value.is("Float")) return std::strtoll(std::string(value.text("fval")).c_str(), nullptr, 10);
  return value.number();
}

/// Which bounds the list gives. NO MINVALUE is an option without value: it asks for the default.
struct Given {
  bool minimum = false, maximum = false, start = false;
  bool no_minimum = false, no_maximum = false;
};

Given read_into(SequenceOptions& options, const sql::List& list) {
  Given given;
  for (const sql::Node option : list) {
    const auto name = option.text("defname");
    const sql::Node value = option["arg"];
    if (name == "increment") options.increment = number_of(value);
    if (name == "cache") options.cache = number_of(value);
    if (name == "cycle") options.cycle = value.flag();
    if (name == "start") {
      options.start = number_of(value);
      given.start = true;
    }
    if (name == "minvalue") {
      (value ? given.minimum : given.no_minimum) = true;
      if (value) options.minimum = number_of(value);
    }
    if (name == "maxvalue") {
      (value ? given.maximum : given.no_maximum) = true;
      if (value) options.maximum = number_of(value);
    }
  }
  return given;
}

std::optional<std::string> type_given(const sql::List& list, DesiredReader& reader) {
  for (const sql::Node option : list) {
    std::vector<std::string> depends;
    if (option.text("defname") == "as") return reader.type(option["arg"], depends);
  }
  return std::nullopt;
}

}  // namespace

SequenceOptions read_sequence_options(const sql::List& list, const std::string& type, DesiredReader& reader) {
  SequenceOptions options;
  options.type = type_given(list, reader).value_or(type);
  const Given given = read_into(options, list);
  if (!given.minimum) options.minimum = default_minimum(options);
  if (!given.maximum) options.maximum = default_maximum(options);
  if (!given.start) options.start = default_start(options);
  return options;
}

SequenceOptions with_type(SequenceOptions options, const std::string& type) {
  const bool at_minimum = options.minimum == type_minimum(options.type);
  const bool at_maximum = options.maximum == type_maximum(options.type);
  options.type = type;
  if (at_minimum) options.minimum = type_minimum(type);
  if (at_maximum) options.maximum = type_maximum(type);
  return options;
}

SequenceOptions merge_sequence_options(SequenceOptions options, const sql::List& changes, DesiredReader& reader) {
  if (const auto type = type_given(changes, reader)) options = with_type(std::move(options), *type);
  const Given given = read_into(options, changes);
  if (given.no_minimum) options.minimum = default_minimum(options);
  if (given.no_maximum) options.maximum = default_maximum(options);
  return options;
}

std::string write_options(const SequenceOptions& o, bool with_type) {
  std::string sql;
  if (with_type && o.type != "bigint") sql += " AS " + o.type;
  if (o.increment != 1) sql += " INCREMENT BY " + std::to_string(o.increment);
  if (o.minimum != default_minimum(o)) sql += " MINVALUE " + std::to_string(o.minimum);
  if (o.maximum != default_maximum(o)) sql += " MAXVALUE " + std::to_string(o.maximum);
  if (o.start != default_start(o)) sql += " START WITH " + std::to_string(o.start);
  if (o.cache != 1) sql += " CACHE " + std::to_string(o.cache);
  if (o.cycle) sql += " CYCLE";
  return sql;
}

namespace {

/// Whether no position within the old bounds is within the new ones.
bool is_apart(const SequenceOptions& from, const SequenceOptions& to) {
  return to.minimum > from.maximum || to.maximum < from.minimum;
}

}  // namespace

void fit_position(const std::string& sequence, const SequenceOptions& from, const SequenceOptions& to,
                  model::Emit& emit) {
  if ((to.minimum <= from.minimum && to.maximum >= from.maximum) || is_apart(from, to)) return;
  const std::string minimum = std::to_string(to.minimum);
  const std::string maximum = std::to_string(to.maximum);
  // sequence.c AlterSequence gives it new storage, and what setval() writes there goes with the transaction
  emit.statement("ALTER SEQUENCE " + sequence + " CACHE " + std::to_string(from.cache), "ALTER SEQUENCE RESTART")
      .relations = {sequence};
  // at the end of its way it stays exhausted
  emit.statement("SELECT pg_catalog.setval(" + quote_literal(sequence) + ", GREATEST(LEAST(last_value, " + maximum +
                     "), " + minimum + "), (last_value > " + maximum + ") = " + (to.increment > 0 ? "true" : "false") +
                     ") FROM " + sequence + " WHERE last_value NOT BETWEEN " + minimum + " AND " + maximum,
                 "ALTER SEQUENCE RESTART")
      .relations = {sequence};
}

void set_logged(const std::string& sequence, std::string_view letter, model::Emit& emit) {
  emit.statement("ALTER SEQUENCE " + sequence + " SET " + (letter == "u" ? "UNLOGGED" : "LOGGED"),
                 "ALTER SEQUENCE SET UNLOGGED")
      .relations = {sequence};
}

std::string change_options(const SequenceOptions& from, const SequenceOptions& to, bool set) {
  std::string sql;
  const auto clause = [&](const std::string& text) { sql += (set ? " SET " : " ") + text; };
  if (!set && from.type != to.type) clause("AS " + to.type);
  if (from.increment != to.increment) clause("INCREMENT BY " + std::to_string(to.increment));
  // a changed type may move a bound by itself: then both are stated
  const bool state = from.type != to.type;
  if (state || from.minimum != to.minimum) clause("MINVALUE " + std::to_string(to.minimum));
  if (state || from.maximum != to.maximum) clause("MAXVALUE " + std::to_string(to.maximum));
  if (from.start != to.start) clause("START WITH " + std::to_string(to.start));
  if (from.cache != to.cache) clause("CACHE " + std::to_string(to.cache));
  if (from.cycle != to.cycle) clause(to.cycle ? "CYCLE" : "NO CYCLE");
  if (is_apart(from, to)) sql += " RESTART WITH " + std::to_string(to.start);
  return sql;
}

}  // namespace segue::kinds
