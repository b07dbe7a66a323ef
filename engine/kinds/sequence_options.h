// The options of a sequence, shared by sequences and identity columns (commands/sequence.c init_params).
#pragma once

#include <cstdint>
#include <string>

#include "kinds/reader.h"

namespace segue::kinds {

struct SequenceOptions {
  std::string type = "bigint";
  std::int64_t start = 1;
  std::int64_t increment = 1;
  std::int64_t minimum = 1;
  std::int64_t maximum = INT64_MAX;
  std::int64_t cache = 1;
  bool cycle = false;
  friend bool operator==(const SequenceOptions&, const SequenceOptions&) = default;
};

/// Those of an object of the kind sequence (sequence.cpp).
SequenceOptions options_of(const model::Object& object);
/// The options that a new sequence of `type` gets from a list of DefElems; an AS option wins over `type`.
SequenceOptions read_sequence_options(const sql::List& options, const std::string& type, DesiredReader& reader);
/// The options after ALTER SEQUENCE (or ALTER COLUMN … SET) with such a list.
SequenceOptions merge_sequence_options(SequenceOptions options, const sql::List& changes, DesiredReader& reader);

/// With another type, which moves the bounds that stood at the limits of the old one (sequence.c init_params).
SequenceOptions with_type(SequenceOptions options, const std::string& type);

/// ` AS integer START WITH 5 …`: what differs from the defaults of the type, each with a space before it.
std::string write_options(const SequenceOptions& options, bool with_type = true);
/// The clauses that bring one to the other. `set`: each behind SET, as ALTER COLUMN wants it.
std::string change_options(const SequenceOptions& from, const SequenceOptions& to, bool set = false);
/// From 15 on a sequence may be unlogged, and that of a column follows its table (sequence.c
/// SequenceChangePersistence).
inline constexpr int first_with_unlogged_sequences = 150000;
/// ALTER SEQUENCE … SET LOGGED. `letter`: as in relpersistence.
void set_logged(const std::string& sequence, std::string_view letter, model::Emit& emit);
/// Bounds that become narrower may leave the position outside, which ALTER SEQUENCE refuses: it is moved inside first,
/// only where it is outside, and so that it is taken back with the transaction.
void fit_position(const std::string& sequence, const SequenceOptions& from, const SequenceOptions& to,
                  model::Emit& emit);

}  // namespace segue::kinds
