// Rows that outlive what held them: tables and sequences move to the schema segue_retained, the values of a column are
// copied there, and all of them come back.
//
// Used by plan/write_retained, which says what is kept; here is what to run. Objects are those of the database.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/kind.h"

namespace segue::kinds::aside {

/// The form of what locks a relation against everybody and reads all of it (plan/locks.h).
inline constexpr std::string_view copying = "copied aside";

/// segue_retained.name
std::string there(const std::string& name);

// -- tables and sequences: they move with their rows or their position

/// An object that takes a name among relations, under its name in segue_retained.
struct Moved {
  const model::Object* object;
  std::string name;
};

/// Whether it has a name among relations that must be another one there: an index, a sequence, and what has one.
bool has_name_to_pass(const model::Object& part);

/// DROP, taken back at once: the server says whether anything else needs the object, as it would for DROP itself.
void try_drop(const model::Object& object, model::Emit& emit);
/// `parts`: what takes a name and goes along.
void move_there(const Moved& whole, const std::vector<Moved>& parts, model::Emit& emit);
void move_back(const Moved& whole, const std::vector<Moved>& parts, model::Emit& emit);

/// A column whose type does not stay holds its values as text meanwhile.
void to_text(const model::Object& column, model::Emit& emit);
void from_text(const model::Object& column, model::Emit& emit);

/// The sequence of a column that is dropped and leaves it behind.
void disown(const model::Object& sequence, model::Emit& emit);
void own(const model::Object& sequence, model::Emit& emit);

// -- columns: their values are copied, each with the key of its row

struct Copy {
  const model::Object* column;
  std::vector<const model::Object*> key;  ///< columns that tell the rows apart
  std::string name;                       ///< of the copy, in segue_retained
  std::string otherwise;                  ///< an expression for rows that the copy does not know
  bool is_converted = false;              ///< the column stays, and what its values became is noted beside them
  bool by_update = false;                 ///< ALTER TABLE cannot put the values in (plan/row_types.h)
};

/// The columns that tell the rows of a table apart, without those of `gone`; empty where no key does.
std::vector<const model::Object*> key_of_rows(const model::Object& table, const model::Schema& schema,
                                              const std::vector<const model::Object*>& gone);

/// Why its values cannot be copied aside; "" where they can.
std::string why_not_copied(const model::Object& table, const Copy& copy);

/// What `now` holds as a value of the type that it had as `then`: an expression.
std::string cast_back(const model::Object& now, const model::Object& then);

/// Before the column is dropped or converted.
void copy_values(const Copy& copy, model::Emit& emit);
/// By UPDATE, where the server takes no ALTER: an expression for all rows.
void set_values(const model::Object& column, const std::string& values, model::Emit& emit);
/// Behind the conversion: a row whose value is another one by the time of the way back was written since.
void note_conversion(const Copy& copy, model::Emit& emit);
/// Behind ADD COLUMN; the copy is gone afterwards. No trigger fires, and no policy hides a row from it, unless
/// by_update.
void put_values(const Copy& copy, model::Emit& emit);
/// The same in parts: an expression of the column's old value, which needs functions around the statement it stands in.
void create_lookup(const Copy& copy, model::Emit& emit);
std::string looked_up(const Copy& copy);
/// Whether an expression is that of a copy, whichever it is.
bool is_looked_up(const model::Definition& expression);
/// Whether one of the fragments makes use of what create_lookup made.
bool uses_lookup(const Copy& copy, std::span<const model::Fragment> fragments);
void drop_copy(const Copy& copy, model::Emit& emit);
/// "FROM … WHERE …": the rows that the copy does not know.
std::string rows_without_copy(const Copy& copy);
/// Values in the copy whose rows are there no more, or have another key: FROM … WHERE ….
std::string copies_without_row(const Copy& copy);

// -- columns that stay in their table under another name

struct InPlace {
  const model::Object* column;
  std::string name;        ///< that it has meanwhile
  std::string otherwise;   ///< an expression for rows without a value; "NULL" where there is none
  bool by_update = false;  ///< as of Copy
};

/// Who reads whole rows, or writes them without naming columns, still meets it: the statement has that hazard.
void rename_aside(const InPlace& kept, model::Emit& emit);
void rename_back(const InPlace& kept, model::Emit& emit);
/// Behind rename_back: rows without a value get theirs. No trigger fires, and no policy hides a row from it, unless
/// by_update.
void fill_in(const InPlace& kept, model::Emit& emit);
/// "FROM … WHERE …", before rename_back.
std::string rows_without_value(const InPlace& kept);

// -- identities

/// Where the sequence of an identity column stands, copied and set again.
void copy_position(const model::Object& column, const std::string& name, model::Emit& emit);
void put_position(const model::Object& column, const std::string& name, model::Emit& emit);
/// The same for a column that stays without its identity. Where values beyond the position were written since, the
/// sequence stays where the new identity has it. `reads_rows`: no index says what the last one is.
void copy_position_and_end(const model::Object& column, const std::string& name, bool reads_rows, model::Emit& emit);
void put_position_unless_passed(const model::Object& column, const std::string& name, model::Emit& emit);
/// The next value of it, as an expression.
std::string next_of_identity(const model::Object& column);

}  // namespace segue::kinds::aside
