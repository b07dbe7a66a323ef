// The rooms of the kind column: its attributes, what an identity says, and what the statements of a file say.
//
// Used by the files column*.cpp, and by the exchanges of types and collations.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "kinds/reader.h"
#include "kinds/sequence_options.h"
#include "model/kind.h"

namespace segue::kinds::column_parts {

/// The attributes of a column, in the order of its table.
enum : std::size_t {
  type,
  of_collation,
  identity,
  identity_sequence,
  identity_options,
  sequence_persistence,  ///< of the identity's, "p" or "u", where its table has the other
  not_null,
  not_null_name,         ///< of the constraint, from 18 on (not_null.h)
  not_null_name_shared,  ///< another constraint of the schema has it too: the server would not choose it again
  generated,
  generated_kind,
  storage,
  compression,
  statistics_target,
  options,
  options_of_wrapper,
  inherited_from,
  local,
  of_attribute,  ///< of a typed table: the key of the type's attribute
  using_expression,
  backfill,
};

/// A sub-command of ALTER TABLE on the column's relation; with `only`, not on those that inherit from it.
void alter(const model::Sides& sides, model::Emit& emit, std::string sub_command, std::string form, bool only);
/// The storage that a column has unless told otherwise: that of its type.
std::string default_storage(const model::Object& object, const model::Schema& schema);
/// Says storage and compression again, of those below too: a column that takes another type, or another collation, has
/// those of the type (tablecmds.c ATExecAlterColumnType). What changes as well is written anyway.
void keep_storage(const model::Sides& sides, model::Emit& emit);
void alter_storage(const model::Sides& sides, model::Emit& emit);
void alter_compression(const model::Sides& sides, model::Emit& emit);
/// Of a foreign table only the declaration changes: its rows are kept elsewhere, and PostgreSQL takes no USING for them
/// (tablecmds.c ATPrepAlterColumnType).
bool is_of_foreign_table(const model::Object& object);
/// "ALTER COLUMN title ", before what is to be altered.
std::string alter_column(const model::Sides& sides);

/// Hands a sub-command down to the tables below, unless the statement says ONLY (tablecmds.c ATSimpleRecursion).
void hand_down(const sql::Node& node, DesiredReader& reader, const char* command);

// -- going, and who goes along

/// The column of a parent, or the type's attribute, that it is made with.
std::string implied_by(const model::Object& object);
void drop(const model::Sides& sides, model::Emit& emit);

// -- not null: a constraint with a name, from 18 on

/// The sub-command that makes the column NOT NULL under its name.
std::string set_not_null_clause(const model::Sides& sides);
/// Gives rows that have no value the one of the file's annotation.
void fill(const model::Object& object, model::Emit& emit);
bool has_not_null_from_parent(const model::Schema* schema, const model::Object& object);
void alter_not_null(const model::Sides& sides, model::Emit& emit);
/// DROP NOT NULL takes no value away again.
model::Fidelity judge_not_null(const model::Sides& sides);
model::Change decide_not_null_name(const model::Sides& sides);
void rename_not_null(const model::Sides& sides, model::Emit& emit);

// -- types

/// USING, where the server would not convert by itself: the file's expression, or a cast.
std::string using_clause(const model::Sides& sides);

/// Rows whose value does not fit the new type. `written_out`: by a cast, which cuts off what an assignment refuses.
void write_misfits(const model::Sides& sides, bool written_out, model::Emit& emit);

// -- identity: the sequence is a part of its column

SequenceOptions identity_options_of(const model::Object& object);
/// The name that its sequence takes.
std::vector<std::string> names_taken(const model::Object& object);
model::List identity_list(const SequenceOptions& options);
/// GENERATED … AS IDENTITY (…)
std::string identity_clause(const model::Object& object);
/// Before the column takes a type that no identity can have; a statement of its own.
void drop_identity(const model::Sides& sides, model::Emit& emit);
void alter_identity(const model::Sides& sides, model::Emit& emit);
void alter_identity_options(const model::Sides& sides, model::Emit& emit);
void alter_identity_sequence(const model::Sides& sides, model::Emit& emit);
void alter_sequence_persistence(const model::Sides& sides, model::Emit& emit);
/// What neither CREATE TABLE nor ADD GENERATED says: the sequence is made with the column's type, and logged where the
/// table is.
void finish_identity(const model::Sides& sides, model::Emit& emit);

// -- cost: measured forms, whose locks, rewrites and scans are known (plan/locks.h)

std::string form_of_type_change(const model::Sides& sides);
/// Whether a type change reads every row, where its form alone would not.
bool type_change_reads_rows(const model::Sides& sides);
/// The domain that a column has, or another domain stands on; null where its type is none of the file's.
const model::Object* domain_of(const model::Object& object, const model::Schema& schema);
std::string form_of_adding(const model::Object& object, std::span<const model::Object* const> folded,
                           const model::Schema& schema);

// -- statements

/// An array of known length, so that the kind is a constant.
extern const model::StatementReader statements[22];

}  // namespace segue::kinds::column_parts
