// What a kind of object is: a table of attributes and the few rules that SQL needs. Kinds are declared, not programmed.
//
// Each kind is one file of kinds/ that defines one constant Kind; diff, hash, JSON and the inverse walk its attribute
// table. A kind never writes an inverse: the way back is the same rule with the two sides swapped.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/object.h"
#include "model/schema.h"

namespace segue::kinds {
class DesiredReader;
class CatalogReader;
struct Row;
}  // namespace segue::kinds
namespace segue::sql {
class Node;
}

namespace segue::model {

struct Kind;

enum class Type { boolean, integer, text, list, definition };

/// How a definition parses, for its canonical form and for asking the server.
enum class Grammar {
  none,
  expression,
  query,  ///< any one statement
  type,
  body,             ///< compared byte by byte
  partition_key,    ///< what stands behind PARTITION BY
  partition_bound,  ///< FOR VALUES … or DEFAULT
  constraint,       ///< what stands behind ADD CONSTRAINT name
};

/// How the server can be brought from one value of an attribute to another.
enum class Change {
  alter,     ///< a statement (or a sub-command) of its own: Attribute::alter writes it
  in_place,  ///< CREATE OR REPLACE or one ALTER that covers several attributes: Kind::replace_in_place writes it
  ahead,     ///< in place, and committed before other steps make use of it (Sides::may_commit_ahead)
  replace,   ///< only by dropping and creating again
  derived,   ///< follows from other objects; never compared, never written
};

/// Which of two objects goes first that change alike, where a part of one reads the other (a foreign key and its
/// table).
enum class Turn { any, read_first, reader_first };

enum class Fidelity { exact, loses_data, none };

/// The two sides of a change, and the whole schema on each. `from` is null for a create, `to` for a drop.
struct Sides {
  const Object* from = nullptr;
  const Object* to = nullptr;
  const Schema* from_schema = nullptr;
  const Schema* to_schema = nullptr;
  int server_version = 150000;
  std::string current_role;       ///< who runs the steps: what is created belongs to it
  bool for_reading = false;       ///< the statements become a schema file: no table is in use, nobody waits for a lock
  bool may_commit_ahead = false;  ///< a step may have a transaction of its own before the others
};

/// What a statement that runs outside of any transaction needs where it was cut off.
struct Alone {
  std::string is_done;  ///< asks whether its work is there whole: a boolean
  std::string clean;    ///< takes away what it may have left half done; harmless where there is nothing
};

/// Rows on which a statement fails, where there are any.
struct Obstacle {
  std::string what;         ///< "rows of public.users without email"
  std::string keys;         ///< columns that name such a row
  std::string rows;         ///< they themselves: "FROM … WHERE …"; "" where nobody can know before
  std::string relation;     ///< whose rows they are
  bool runs_code = false;   ///< to look for them runs functions that the file may have brought
  std::string sample = {};  ///< `rows` of $1 percent of the relation; "" where a part of it tells nothing
};

/// A statement, or a sub-command that may be folded with others of the same head.
struct Fragment {
  std::string head;                    ///< "ALTER TABLE ONLY public.books" where `sql` is a sub-command of it; else ""
  std::string sql;                     ///< the statement without its semicolon, or the sub-command
  std::string search_path;             ///< in force while it runs, since it holds the file's own text; "" for none
  bool of_another = false;             ///< the text is that of an object beside the one that changes
  std::string form;                    ///< the measured form whose locks it takes (plan/locks.h); "" counts as unknown
  bool reads_rows = false;             ///< all of relations[0], where its form alone would not
  std::vector<std::string> relations;  ///< what it locks: its target first, then the others of the form
  std::vector<std::string> hazards;    ///< hazards beyond those that its form implies
  std::string counts_loss;             ///< counts rows of relations[0] whose values it would change; "" where it cannot
  std::optional<Alone> alone = {};     ///< set: it runs outside of any transaction
  std::vector<Obstacle> obstacles = {};
};

/// What a rule writes to. Fragments run in the order in which they are written.
class Emit {
 public:
  Fragment& statement(std::string sql, std::string form = {});
  Fragment& alter(std::string head, std::string sub_command, std::string form = {});
  std::vector<Fragment>& fragments() { return fragments_; }

 private:
  std::vector<Fragment> fragments_;
};

struct Attribute {
  std::string_view name;
  Type type;
  Change change = Change::replace;
  /// For Change::alter: brings the server from one value to the other.
  void (*alter)(const Sides&, Emit&) = nullptr;
  /// Where the answer depends on the values: a change that the table calls `alter` or `in_place` may be a replacement.
  Change (*decide)(const Sides&) = nullptr;
  Grammar grammar = Grammar::none;
  /// Objects that read this one stand in the way of the change and are taken down and put back around it.
  bool disturbs_dependents = false;
  /// Where objects that change alike must take turns.
  Turn (*turn)(const Sides&) = nullptr;
  /// Whether what the object's parts become has to be there first (INHERIT wants the columns of the new parent).
  bool (*waits_for_parts)(const Sides&) = nullptr;
  bool unordered = false;               ///< of a list: the order is kept for writing and makes no difference
  bool is_state = false;                ///< what became of the object since it was made: no difference, and kept
  bool may_be_left_open = false;        ///< the file may leave it to the server: no part of an object's hash
  Fidelity fidelity = Fidelity::exact;  ///< of the way back
  /// Where the fidelity depends on the values.
  Fidelity (*judge)(const Sides&) = nullptr;
  std::string_view reason = {};  ///< why a replacement
  std::string_view loss = {};    ///< why the way back is not exact
  std::string_view ahead = {};   ///< of Change::ahead: why nothing else may share its transaction
};

/// Where the server keeps an object's name unique. of_target: a child of any kind, named by the key of its target
/// alone.
enum class NameSpace { own, relation, type, routine, of_parent, of_target, global };

struct StatementReader {
  std::string_view node;  ///< the statement's node type: "CreateEnumStmt"
  void (*read)(const sql::Node&, kinds::DesiredReader&);
};

struct Kind {
  std::string_view name;       ///< "materialized view": in keys, plans, --exclude
  std::string_view sql_class;  ///< "MATERIALIZED VIEW": COMMENT ON …, ALTER … OWNER TO; "" where there is none
  std::span<const Attribute> attributes;

  /// How SQL names an object behind sql_class: `public.books`, `c ON public.books`, `public.f(integer)`.
  std::string (*address)(const Object&) = nullptr;

  /// Writes CREATE. `folded`: all descendants that the statement is to carry inside itself, in their order.
  void (*create)(const Sides&, std::span<const Object* const> folded, Emit&) = nullptr;
  /// Writes CREATE (DROP where `to` is null) so that nobody who writes waits: Fragment::alone, and what follows it.
  void (*create_online)(const Sides&, Emit&) = nullptr;
  /// Makes of the object to create the form that reads no rows under its lock; what is left to do is an alteration with
  /// a lesser lock. False where there is none.
  bool (*first_form)(const Sides&, Object&) = nullptr;
  void (*drop)(const Sides&, Emit&) = nullptr;
  /// For a kind that hangs on others: what it has to say when an object of any kind was created without one (privileges
  /// that the database's defaults would give it).
  void (*settle_created)(const Sides&, Emit&) = nullptr;
  /// Writes the change of its name; `from` and `to` differ in nothing else. Null: ALTER … RENAME TO, behind sql_class
  /// and the address.
  void (*rename)(const Sides&, Emit&) = nullptr;
  /// Writes the change of every Change::in_place attribute at once.
  void (*replace_in_place)(const Sides&, Emit&) = nullptr;

  /// The text of an object inside its parent's CREATE (a column, a constraint, a default), where it can stand there.
  /// `folded` as above: it writes those whose parent it is.
  std::string (*inline_form)(const Object&, std::span<const Object* const> folded) = nullptr;
  bool (*can_inline)(const Sides&) = nullptr;
  /// Writes what the inline form could not say, behind the statement that held it.
  void (*after_inline)(const Sides&, Emit&) = nullptr;

  /// Must be dropped and created again when something it reads is disturbed. Null: never (it holds rows, or the server
  /// brings it along by itself).
  bool (*rebuilt_when_disturbed)(const Object&) = nullptr;
  /// The object with which the server drops this one by itself, besides its parent (the column that owns a sequence).
  std::string (*dropped_with)(const Object&) = nullptr;
  /// The object of which it is so much a part that neither is of use without the other (the functions that read and
  /// write a base type's values, and its definition): that one's step creates it, drops it, and takes it along where
  /// only one of the two would have to go. "" for none.
  std::string (*made_with)(const Object&) = nullptr;
  /// The same object made by its parent's counterpart (an inherited column, a partition's constraint): nothing to run
  /// where `implied_by` is changed alike. Returns the key, or "".
  std::string (*implied_by)(const Object&) = nullptr;

  /// A link between its parent and the object of the key returned that cannot be undone: dropping that one takes the
  /// parent along, and the parent cannot be dropped without it (an attached index). Something else that the link
  /// depends on brings it about and takes it away by itself (the membership of a partition).
  std::string (*binds_parent_to)(const Object&) = nullptr;

  /// Why it cannot be created from what the model holds of it; "" where it can. Then nothing creates it: neither a
  /// plan, which is refused, nor the way back from a drop.
  std::string (*why_not_created)(const Object&) = nullptr;
  /// Why it cannot be dropped while its parent stays; "" where it can. A plan that would have to is refused.
  std::string (*why_not_dropped)(const Object&, const Schema&) = nullptr;
  /// What goes with it for good, besides rows, and is not in the model: no replacement takes it away. "" for nothing.
  /// `wanted`: what is to stand in its place; null where nothing is.
  std::string (*lost_when_dropped)(const Object& standing, const Object* wanted) = nullptr;

  bool holds_rows = false;  ///< dropping it loses data
  bool has_owner = false;   ///< the server keeps an owner for it
  /// An object that differs from another of its parent in the name alone is that one, renamed: what it is called
  /// matters to nobody who uses the parent.
  bool renamed_when_equal = false;
  NameSpace name_space = NameSpace::own;
  /// Further names that it takes besides its own: `{"relation", "public.books_pkey"}` of a primary key.
  std::vector<std::string> (*names_taken)(const Object&) = nullptr;
  bool signature = false;  ///< the last name is a list of argument types

  /// The catalog query for a server version and the reader of its rows. Columns are the kind's own affair.
  std::string (*query)(int server_version) = nullptr;
  void (*read_row)(const kinds::Row&, kinds::CatalogReader&) = nullptr;
  std::span<const StatementReader> statements = {};
};

/// Whether two values of an attribute are the same, whatever the order of an unordered list.
bool same_value(const Attribute& attribute, const Value& a, const Value& b);

/// Position of an attribute by name; aborts where there is none (a programmer's error).
std::size_t attribute(const Kind& kind, std::string_view name);

}  // namespace segue::model
