// Identity columns: tablecmds.c ATExecAddIdentity, ATExecSetIdentity, ATExecDropIdentity.
#include <cstdlib>

#include "base/quote.h"
#include "kinds/acl_common.h"
#include "kinds/column_parts.h"
#include "kinds/kinds.h"
#include "kinds/object_name.h"
#include "kinds/positions.h"
#include "kinds/relation.h"

namespace segue::kinds::column_parts {

using model::Emit;
using model::Object;
using model::Sides;

/// The options as they are kept: the words of CREATE SEQUENCE; the type behind them only where it is not the column's.
SequenceOptions identity_options_of(const Object& object) {
  const auto& list = object.list(identity_options);
  SequenceOptions o;
  o.type = object.text(type);
  if (list.size() < 6) return o;
  const auto number = [&](std::size_t i) { return std::strtoll(list[i].c_str(), nullptr, 10); };
  o.start = number(0);
  o.increment = number(1);
  o.minimum = number(2);
  o.maximum = number(3);
  o.cache = number(4);
  o.cycle = list[5] == "cycle";
  if (list.size() == 7) o.type = list[6];
  return o;
}

namespace {

/// LIKE makes the sequence of a copied identity without the column's type (parse_utilcmd.c transformTableLikeClause).
bool has_other_type(const Object& object) { return object.list(identity_options).size() == 7; }

/// The sequence has the type that its column was given, if that changed (parse_utilcmd.c transformAlterTableStmt).
void alter_sequence_type(const Sides& sides, Emit& emit) {
  SequenceOptions before = identity_options_of(*sides.from);
  if (sides.from->text(type) != sides.to->text(type)) before.type = sides.to->text(type);
  const std::string changes = change_options(before, identity_options_of(*sides.to), false);
  if (!changes.empty())
    emit.statement("ALTER SEQUENCE " + sides.to->text(identity_sequence) + changes, "ALTER SEQUENCE AS bigint/int");
}

}  // namespace

model::List identity_list(const SequenceOptions& o) {
  return {std::to_string(o.start),   std::to_string(o.increment), std::to_string(o.minimum),
          std::to_string(o.maximum), std::to_string(o.cache),     o.cycle ? "cycle" : "no cycle"};
}

std::vector<std::string> names_taken(const Object& object) {
  return object.has(identity_sequence) ? std::vector{"relation " + object.text(identity_sequence)}
                                       : std::vector<std::string>{};
}

std::string identity_clause(const Object& object) {
  std::string sql =
      "GENERATED " + std::string(object.text(identity) == "always" ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY";
  // the name is stated only where the server would choose another (parse_utilcmd.c generateSerialExtraStmts)
  std::string inside;
  SequenceOptions sequence = identity_options_of(object);
  sequence.type = object.text(type);
  if (object.text(identity_sequence) !=
      quote_qualified(object.names[0], make_object_name(object.names[1], object.names[2], "seq"))) {
    inside = " SEQUENCE NAME " + object.text(identity_sequence);
  }
  inside += write_options(sequence, false);
  return inside.empty() ? sql : sql + " (" + inside.substr(1) + ")";
}

/// From 17 on the partitions of a table share its identity, which changes in all of them together (tablecmds.c
/// ATExecDropIdentity, "cannot drop identity from a column of only the partitioned table").
bool is_own(const Sides& sides) {
  return sides.server_version < 170000 || !is_partitioned(relation_of(sides, *sides.to));
}

/// parse_utilcmd.c transformAlterTableStmt looks at the type that an identity is to have before it looks at what else
/// the statement does.
void drop_identity(const Sides& sides, Emit& emit) {
  positions::leave(sides, sides.to->key, sides.from->text(identity_sequence), emit);
  emit.statement(alter_table(sides, *sides.to, is_own(sides)) + " " + alter_column(sides) + "DROP IDENTITY",
                 "DROP IDENTITY")
      .relations = {relation_address(*sides.to)};
}

void finish_identity(const Sides& sides, Emit& emit) {
  if (sides.to->has(sequence_persistence))
    set_logged(sides.to->text(identity_sequence), sides.to->text(sequence_persistence), emit);
  if (!has_other_type(*sides.to)) return;
  Object made = *sides.to;
  std::get<model::List>(made[identity_options]).pop_back();
  Sides rest = sides;
  rest.from = &made;
  alter_sequence_type(rest, emit);
}

void alter_identity(const Sides& sides, Emit& emit) {
  const bool other_type = sides.from->text(type) != sides.to->text(type);
  if (!sides.to->has(identity)) {
    if (other_type) return;  // it went before the type changed
    positions::leave(sides, sides.to->key, sides.from->text(identity_sequence), emit);
    return alter(sides, emit, alter_column(sides) + "DROP IDENTITY", "DROP IDENTITY", is_own(sides));
  }
  if (!sides.from->has(identity)) {
    // identity demands NOT NULL, which the same plan may set later: a column that is to be an identity is NOT NULL
    // first
    if (!sides.from->flag(not_null)) alter(sides, emit, set_not_null_clause(sides), "SET NOT NULL", false);
    alter(sides, emit, alter_column(sides) + "ADD " + identity_clause(*sides.to), "ADD IDENTITY", is_own(sides));
    finish_identity(sides, emit);
    positions::go_on(sides, sides.to->key, sides.to->text(identity_sequence), identity_options_of(*sides.to), emit);
    return acl::settle_created(sides, emit);
  }
  alter(sides, emit,
        alter_column(sides) + "SET GENERATED " + (sides.to->text(identity) == "always" ? "ALWAYS" : "BY DEFAULT"),
        "SET GENERATED (identity)", is_own(sides));
}

void alter_identity_options(const Sides& sides, Emit& emit) {
  if (!sides.from->has(identity) || !sides.to->has(identity)) return;  // written by alter_identity
  fit_position(sides.to->text(identity_sequence), identity_options_of(*sides.from), identity_options_of(*sides.to),
               emit);
  if (has_other_type(*sides.from) || has_other_type(*sides.to)) return alter_sequence_type(sides, emit);
  const std::string changes = change_options(identity_options_of(*sides.from), identity_options_of(*sides.to), true);
  if (!changes.empty()) {
    alter(sides, emit, "ALTER COLUMN " + quoted_name(*sides.to) + changes, "SET identity sequence option",
          is_own(sides));
  }
}

/// What a table does to its sequences as it changes, it sets right itself (Kind table).
void alter_sequence_persistence(const Sides& sides, Emit& emit) {
  const std::size_t of_table = model::attribute(table, "persistence");
  const Object* before = sides.from_schema->find(sides.to->parent);
  const Object* after = sides.to_schema->find(sides.to->parent);
  const bool changes =
      before != nullptr && before->kind == after->kind && before->text(of_table) != after->text(of_table);
  if (!sides.to->has(identity) || !sides.from->has(identity) || changes) return;
  const bool otherwise = sides.to->has(sequence_persistence);
  set_logged(sides.to->text(identity_sequence),
             otherwise ? sides.to->text(sequence_persistence) : after->text(of_table), emit);
}

void alter_identity_sequence(const Sides& sides, Emit& emit) {
  if (!sides.from->has(identity) || !sides.to->has(identity)) return;
  const std::string& name = sides.to->text(identity_sequence);
  emit.statement(
      "ALTER SEQUENCE " + sides.from->text(identity_sequence) + " RENAME TO " + name.substr(name.find('.') + 1),
      "ALTER SEQUENCE RENAME");
}

}  // namespace segue::kinds::column_parts
