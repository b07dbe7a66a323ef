// What the kinds that live on a relation share: how ALTER TABLE addresses it.
//
// Used by table, column, constraint and their like. Holds no rule of any kind.
#pragma once

#include <functional>
#include <string>

#include "model/kind.h"

namespace segue::kinds {

/// `public.books` from names {schema, relation, …}.
std::string relation_address(const model::Object& object);

/// `books.title` fit for ON: `title` of names {schema, relation, name}, quoted.
std::string quoted_name(const model::Object& object);

/// "ALTER TABLE public.books" for the relation of a child object. With `local` the change must not reach the tables
/// that inherit from it: ONLY is written where there are any.
std::string alter_table(const model::Sides& sides, const model::Object& child, bool local);

/// "ALTER TABLE public.books RENAME CONSTRAINT a TO b" for a constraint of a table, foreign ones too: gram.y has the
/// form behind ALTER TABLE alone.
std::string rename_constraint(const model::Object& child, const std::string& from, const std::string& to);

/// The relation that an object lives on, on its own side; null where it is gone.
const model::Object* relation_of(const model::Sides& sides, const model::Object& child);

/// A table or a foreign table: its columns are objects.
bool is_table(const model::Object& object);

/// A primary key or a unique constraint.
bool is_key(const model::Object& object);

/// Whether the relation is a partitioned table.
bool is_partitioned(const model::Object* relation);

/// What comes from a column or a constraint of a parent, in the tables below it on that side, the nearest first.
/// `visit` says whether to go on below.
void each_below(const model::Schema& side, const model::Object& top,
                const std::function<bool(const model::Object&)>& visit);

/// Whether the partition key of a table names a column.
bool names_in_partition_key(const model::Object& relation, const std::string& name);

/// ALTER INDEX … SET ( … ) from one side's list of options to the other's. The server takes it of no partitioned index
/// (tablecmds.c ATExecSetRelOptions): that is made again.
void alter_index_options(const model::Sides& sides, const std::string& address, std::size_t options, model::Emit& emit);
model::Change decide_index_options(const model::Sides& sides);

/// ALTER INDEX … SET TABLESPACE to that of the desired side.
void alter_index_tablespace(const model::Sides& sides, const std::string& address, std::size_t tablespace,
                            model::Emit& emit);

/// SET and RESET lists that bring options ("fillfactor=70") from one list to the other; "" where nothing is to be done.
struct OptionChange {
  std::string set;    ///< `fillfactor='70', …`
  std::string reset;  ///< `autovacuum_enabled, …`
};
OptionChange change_options(const model::List& from, const model::List& to);

/// `fillfactor='70', …` of a whole list, for WITH ( … ).
std::string option_list(const model::List& options);

/// DefElems of WITH ( … ) or SET ( … ) as reloptions stores them: "namespace.name=value", in their order; a flag
/// without value is "true".
model::List read_options(const sql::Node& holder, std::string_view field);

/// The tablespace that a name means: the database's own is none (tablespace.c GetDefaultTablespace).
model::Value tablespace_value(std::string_view name);
/// The same of what a statement says, or of default_tablespace where it says nothing.
model::Value tablespace_or_default(std::string_view written, const DesiredReader& reader);
/// `changes` merged into `options` by name; with `reset`, the names are taken out.
void merge_options(model::List& options, const model::List& changes, bool reset);

}  // namespace segue::kinds
