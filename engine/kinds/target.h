// What comments, labels, owners and privileges speak of: the object that they are a child of, and how SQL names it.
//
// Used by what hangs on others: comment, security_label, owner and privileges. Holds no rule of any kind.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kinds/reader.h"
#include "model/kind.h"

namespace segue::kinds {

/// The target of a child that is named by its target's key.
struct Target {
  const model::Object* object = nullptr;  ///< of a view's column: the view; null where the schema does not hold it
  std::string sql_class;                  ///< "TABLE", "COLUMN" …
  std::string address;                    ///< what stands behind it
  std::string relation;                   ///< the relation it belongs to, for locks; "" for none
  std::string column;                     ///< quoted name, where it is a column of a relation
};

/// The target of `child`, looked up in `side`.
Target target_of(const model::Object& child, const model::Schema* side);
/// The target of a child that goes, under the name that it has until then; without an object where both go.
Target target_left(const model::Object& child, const model::Sides& sides);
/// For the alterations of a child: they run behind those of its target, and before those on the way back. Where the
/// target changes its name meanwhile (the sequence of an identity), the child is taken off and put on again instead.
model::Change decide_by_target(const model::Sides& sides);

/// Whether `object` is the column (or attribute) of that name, and not the whole that it belongs to.
bool is_part(const model::Object& object, std::string_view column_name);

/// A child of a view's column, which is no object: named by the view's key and the column.
model::Object make_child_of_column(const model::Kind& kind, const model::Object& view, const std::string& column_name);

/// A child of the index that keeps a constraint, which is one object with it: the server has two comments for the two.
model::Object on_index_of(const model::Kind& kind, const model::Object& constraint);

/// A child of the sequence of an identity column, which is one object with it: privileges, comment and labels are the
/// sequence's own.
model::Object on_sequence_of(const model::Kind& kind, const model::Object& column);

/// A child of a trigger that a partition has from above (kinds/clones.h), which is no object: it is the partition's,
/// and stands while that is one and the original is there. Absent where the relation has none of that name.
std::optional<model::Object> on_clone(const model::Kind& kind, const model::Object& relation,
                                      const std::string& trigger_name, const model::Schema& side);

/// An identity that goes takes along what hangs on its sequence.
void remove_children_of_sequence(const model::Object& column, model::Schema& schema);

/// The child of what stands at (catalog, …, sub) in the catalog: `target`, or what is one object with it.
model::Object child_at(const model::Kind& kind, const model::Object& target, std::string_view catalog, int sub,
                       const std::string& column_name);

/// The child of an object as a name of its type finds it ("OBJECT_INDEX" may find the constraint that an index keeps).
model::Object child_of_named(const model::Kind& kind, const model::Object& target, std::string_view object_type);

/// What a statement speaks of ("comment on", "owner of"); null with an error where it is not there, and with a note
/// where no file makes it, since it stands in every database: the system's, and the language plpgsql.
const model::Object* object_spoken_of(std::string_view what, std::string_view object_type, const sql::Node& object,
                                      DesiredReader& reader);

/// Whether objects of that type ("OBJECT_TABLE") are modelled, so that not to find one is an error.
bool is_modelled_object(std::string_view object_type);

/// The child, of a kind named by its target, that COMMENT ON and its like speak of. Absent where nothing of that name
/// is there, or segue does not model it; the reader says so.
std::optional<model::Object> child_spoken_of(const model::Kind& kind, std::string_view object_type,
                                             const sql::Node& object, const sql::Node& statement,
                                             DesiredReader& reader);

/// "OBJECT_FOREIGN_SERVER" in words: "foreign server".
std::string words_of(std::string_view object_type);

}  // namespace segue::kinds
