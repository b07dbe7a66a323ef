// Objects: the one grain of segue. A schema is a set of them.
//
// Made by source/ (from a file) and catalog/ (from a database) through the readers of kinds/; compared by diff/,
// ordered by plan/. An object never holds SQL of its own beyond its definitions.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "model/value.h"

namespace segue::model {

struct Kind;

/// Where an object was declared; nothing of it for an object of the catalog.
struct Origin {
  std::string file;
  int line = 0;
};

struct Object {
  const Kind* kind = nullptr;
  std::vector<std::string> names;  ///< {"public","books","title"}: schema, relation, name, as the kind says
  std::string key;                 ///< kind and names as one text, unique: `column public.books.title`
  std::string parent;              ///< key of the object that this one cannot outlive; "" for none
  Origin origin;
  std::vector<std::string> depends;  ///< keys of what it needs, its parent not repeated
  std::vector<Value> values;         ///< by position in kind->attributes

  const Value& operator[](std::size_t attribute) const { return values[attribute]; }
  Value& operator[](std::size_t attribute) { return values[attribute]; }

  bool flag(std::size_t attribute) const;
  std::int64_t number(std::size_t attribute) const;
  const std::string& text(std::size_t attribute) const;       ///< "" where absent
  const List& list(std::size_t attribute) const;              ///< empty where absent
  const Definition& definition(std::size_t attribute) const;  ///< empty where absent
  bool has(std::size_t attribute) const { return !absent(values[attribute]); }

  const std::string& name() const { return names.back(); }
};

/// An object of `kind` with all its attributes at their defaults.
Object make_object(const Kind& kind, std::vector<std::string> names, std::string parent = {});

/// The key that an object of this kind and names has.
std::string key_of(const Kind& kind, const std::vector<std::string>& names);

}  // namespace segue::model
