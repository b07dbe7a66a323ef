// The rooms of the kind constraint: its attributes, and what the statements of a file say.
//
// Used by copies.cpp and the files constraint*.cpp alone.
#pragma once

#include <string>

#include "model/kind.h"

namespace segue::kinds::constraint_parts {

/// The attributes of a constraint, in the order of its table.
enum : std::size_t {
  type,
  columns,
  included,
  nulls_not_distinct,
  check,
  no_inherit,
  exclusion,
  referenced,
  referenced_columns,
  match,
  on_update,
  on_delete,
  delete_columns,
  deferrable,
  initially_deferred,
  not_valid,
  options,
  tablespace,
  inherited_from,
  key_names,  ///< of an exclusion: what its copies are named after; only a file has them
  copies,     ///< of a foreign key, for partitions: schema, table and name of each; only the catalog has them
  invalid,    ///< of a key: its index is not valid, and rows that it forbids may be there
};

/// `a, "B"`
std::string quoted_list(const model::List& names);

/// ON DELETE and ON UPDATE by the letter that the catalog and the grammar keep; absent for the one that is not written.
model::Value action(const std::string& letter);

/// Pairs of rows that an exclusion constraint would find in conflict.
void write_conflicts(const model::Sides& sides, const model::List& needed, model::Emit& emit);

/// An array of known length, so that the kind is a constant.
extern const model::StatementReader statements[15];

}  // namespace segue::kinds::constraint_parts
