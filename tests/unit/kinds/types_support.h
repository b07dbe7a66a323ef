// Schemas from a few lines of SQL, and what a kind writes between two of them.
//
// Used by the tests of types and routines. Never asks a server.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kinds/kinds.h"
#include "model/kind.h"
#include "source/desired.h"

namespace segue::test {

inline Result<source::Desired> try_read(const std::string& sql) {
  auto scripts = source::parse_all({{"schema.sql", sql}});
  if (!scripts) return scripts.failure();
  source::SourceOptions options;
  options.default_owner = "owner";
  return source::read_desired(*scripts, options);
}

inline model::Schema read(const std::string& sql) {
  auto desired = try_read(sql);
  if (!desired) {
    ADD_FAILURE() << render(desired.error());
    return {};
  }
  return std::move(desired->schema);
}

/// Two schemas and one object in both.
struct Pair {
  model::Schema from;
  model::Schema to;
  model::Sides sides;

  Pair(const std::string& before, const std::string& after, const std::string& key)
      : from(read(before)), to(read(after)) {
    sides.from = from.find(key);
    sides.to = to.find(key);
    sides.from_schema = &from;
    sides.to_schema = &to;
    if (sides.from == nullptr || sides.to == nullptr) ADD_FAILURE() << "no " << key << " on both sides";
  }

  bool complete() const { return sides.from != nullptr && sides.to != nullptr; }

  model::Change change_of(const std::string& attribute) const {
    const model::Attribute& rule = sides.to->kind->attributes[model::attribute(*sides.to->kind, attribute)];
    return rule.decide != nullptr ? rule.decide(sides) : rule.change;
  }

  std::vector<std::string> written(void (*rule)(const model::Sides&, model::Emit&)) const {
    model::Emit emit;
    rule(sides, emit);
    std::vector<std::string> sql;
    for (const model::Fragment& fragment : emit.fragments()) {
      sql.push_back(fragment.head.empty() ? fragment.sql : fragment.head + " " + fragment.sql);
    }
    return sql;
  }

  std::vector<std::string> in_place() const { return written(sides.to->kind->replace_in_place); }
  std::vector<std::string> altered(const std::string& attribute) const {
    return written(sides.to->kind->attributes[model::attribute(*sides.to->kind, attribute)].alter);
  }
};

inline std::string created(const model::Schema& schema, const std::string& key) {
  const model::Object* object = schema.find(key);
  if (object == nullptr) return "no " + key;
  const model::Schema none;
  model::Sides sides;
  sides.to = object;
  sides.from_schema = &none;
  sides.to_schema = &schema;
  std::vector<const model::Object*> folded;
  for (const model::Object* child : schema.children(key)) {
    if (child->kind->inline_form == nullptr) continue;
    model::Sides alone = sides;
    alone.to = child;
    if (child->kind->can_inline(alone)) folded.push_back(child);
  }
  model::Emit emit;
  object->kind->create(sides, folded, emit);
  return emit.fragments().front().sql;
}

using Lines = std::vector<std::string>;

}  // namespace segue::test
