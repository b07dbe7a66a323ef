// Where a sequence stands: carried over to the one that takes its place under the same column (a serial's to an
// identity's, and back), or set behind the values that the column holds.
//
// Used by column_identity.cpp, sequence.cpp and plan/write_retained. Within one transaction a position travels in a
// setting of its own: the two sequences may share a name, so that one is gone before the other one comes.
#pragma once

#include <string>

#include "kinds/sequence_options.h"
#include "model/kind.h"

namespace segue::kinds::positions {

/// Whether one sequence goes and another one comes under a column that stays: an identity's, or one that it owns.
bool is_handed_over(const model::Sides& sides, const std::string& column_key);

/// Whether the server finds the highest value of a column without reading its table: it leads a key.
bool leads_a_key(const model::Schema& all, const model::Object& column);

/// Before `sequence` goes: notes where it stands, for a successor.
void leave(const model::Sides& sides, const std::string& column_key, const std::string& sequence, model::Emit& emit);
/// Once `sequence` is there: it stands where its predecessor did; as it is without one.
void arrive(const model::Sides& sides, const std::string& column_key, const std::string& sequence,
            const SequenceOptions& options, model::Emit& emit);
/// The same for one that is new and stands at its start: without a predecessor it goes on behind the values that a
/// column of the database holds. One at the very end of its way counts for none, so that it does not end it.
void go_on(const model::Sides& sides, const std::string& column_key, const std::string& sequence,
           const SequenceOptions& options, model::Emit& emit);

/// Where the rows of a new identity column get their values first: a plain sequence like that of the identity stands in
/// for it, and then makes room for it, which goes on where the other one stood.
void stand_in(const model::Object& column, model::Emit& emit);
void make_room(const model::Object& column, model::Emit& emit);
void take_over(const model::Object& column, model::Emit& emit);

}  // namespace segue::kinds::positions
