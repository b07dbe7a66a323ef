// A type that the server cannot alter, exchanged for its successor under everything that holds values of it.
//
// Used by enum, composite, domain and range types and their children, and in part by collations. Never decides whether
// a type must be exchanged: its kind's attribute table says that.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kind.h"

namespace segue::kinds {

/// The tables with a column of the type or an array of it, as SQL addresses them, in order.
std::vector<std::string> tables_using(const model::Schema& all, const model::Object& type);

/// Whether its table is partitioned by the column.
bool is_partition_key(const model::Schema& all, const model::Object& user);

/// Whether a table is partitioned by a column of the type, or of one that is made from it. Such a column keeps its type
/// (tablecmds.c ATPrepAlterColumnType, "cannot alter column because it is part of the partition key"), so that the type
/// cannot be exchanged under it.
bool is_in_partition_key(const model::Schema& all, const model::Object& type);
/// Change::alter by an exchange, or Change::replace where that holds it: no column of it changes its type, not even to
/// text and back.
model::Change decide_exchange(const model::Sides& sides);

/// Whether columns hold a domain inside of arrays or of other types, to any depth. Then ALTER DOMAIN looks for no rows
/// and refuses what it would have to (typecmds.c get_rels_with_domain): a check or NOT NULL comes with a successor.
bool is_held_inside(const model::Schema& all, const model::Object& type);

/// Whether what columns hold of a domain that gets another base becomes values of that: by a cast, or as the file says.
bool values_follow(const model::Sides& domain_sides);
/// Whether they may come back as others from there.
bool values_change(const model::Sides& domain_sides);

/// Whether an enum gains or loses labels, their order apart: only then does the file say how values follow (@using).
bool has_other_labels(const model::Sides& sides);

/// Whether the type of that key is exchanged between the two schemas of `sides`: an attribute of its own says so, or it
/// is made from one that is. Its children come with the successor then and have nothing to write themselves.
bool is_exchanged(const model::Sides& sides, std::string_view type_key);

/// Whether a column goes from a type that is exchanged to its array, or back: the exchange turns it as well.
bool is_turned_by_exchange(const model::Sides& column);

/// Of a column that goes from one type to another, where an exchange turns both, or what they are domains over: its own
/// alteration is between the two as they were, before the exchange, or between their successors, behind it. The way
/// back of the one is the other.
enum class Passage { none, before, behind };
Passage passage_of(const model::Sides& column);

/// Renames the type aside, and the types made from it; creates their successors with all that belongs to them; turns
/// every attribute value in every column over; drops what was renamed. Rows stay. Columns that the change drops or
/// turns to another type are taken to be gone or turned by then.
void exchange_type(const model::Sides& sides, model::Emit& emit);

/// What an object is called while its successor takes its name.
std::string name_aside(const model::Object& type);

/// What hung on the old one and stays: the successor starts bare. What is new comes with a step of its own.
void create_what_hangs_on(const model::Sides& sides, const std::string& key, model::Emit& emit);

/// A composite type has no attribute table of its own, and the checks of a domain are no attributes: which of them
/// writes the exchange for all; null where the type does so itself.
const model::Object* speaker_of_exchange(const model::Sides& sides, const model::Object& type);

/// Whether a composite type that is exchanged with the one of that key, or it itself, loses an attribute, and with it
/// what columns hold there.
bool exchange_loses_attributes(const model::Sides& sides, const model::Object& type);
/// Whether values of attributes that go over may come back as others.
bool exchange_changes_values(const model::Sides& sides, const model::Object& type);

/// The same where both cannot stand side by side (a range type's constructors would collide): the columns hold text
/// in between.
void exchange_through_text(const model::Sides& sides, model::Emit& emit);

}  // namespace segue::kinds
