// A plan: reviewed steps with their inverses, and what must be true before and after them.
//
// Made by plan/planner, saved and read by plan/plan_file, shown by report/, run by exec/. Plain data: it knows neither
// kinds nor SQL trees nor sessions. The field names are those of the plan file (DESIGN section 6).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace segue::plan {

inline constexpr int format_version = 1;
/// Version of the hashes of objects; a plan made with another one cannot be compared and is refused as stale.
inline constexpr int hash_version = 1;

/// What an object looks like, as far as it is known: attributes that the server does not rewrite under one hash, each
/// definition under a hash of the server's own text; absent where the server's text is not known before it ran.
struct Shape {
  std::string attributes;
  std::map<std::string, std::optional<std::string>> definitions;
  friend bool operator==(const Shape&, const Shape&) = default;
};

enum class Verb { create, alter, drop, replace, rename };

struct Lock {
  std::string mode;                    ///< "ACCESS EXCLUSIVE" …; "" for none
  std::vector<std::string> relations;  ///< whose lock it is, quoted and qualified as in SQL, the target first
};

struct Preflight {
  std::string sql;   ///< counts the rows that would make the step fail, or that it would lose
  std::string list;  ///< lists them
  std::string what;  ///< "rows of public.users where email is null"
  /// What the count is about. DELETES_DATA: the hazard falls away at zero. MAY_FAIL_ON_DATA: the step fails unless it
  /// is zero, and is not begun.
  std::string hazard = {};
  std::string relation =
      {};                   ///< quoted name of the table to lock before the count may decide; "" for lock.relations[0]
  bool runs_code = false;   ///< the count runs functions that the schema may bring: not before the plan was reviewed
  std::string sample = {};  ///< counts them in about $1 percent of the relation; "" where a part tells nothing
  bool in_turn = false;     ///< steps before it take away what it would count: asked when its step runs, not earlier
};

struct Inverse {
  std::vector<std::string> sql;  ///< statements without semicolons, in the order in which rollback runs them
  std::string search_path;
  std::string fidelity;                   ///< "exact", "loses data" or "none"
  std::string reason;                     ///< why it is not exact
  std::vector<Preflight> preflight = {};  ///< counts what the way back would lose (hazard DELETES_DATA)
};

/// Of a step that runs outside of any transaction: what to do where it was cut off.
struct Alone {
  std::string is_done;  ///< asks whether its work is there whole: a boolean
  std::string clean;    ///< takes away what it may have left half done; harmless where there is nothing
};

/// What outlives its object, until the way back or `segue purge`.
struct Retained {
  std::string object;    ///< key of what was dropped
  std::string relation;  ///< as in SQL: "segue_retained.books_1a2b3c4d", or a column that stays in its table
};

struct Source {
  std::string file;
  int line = 0;
};

/// One of several changes that a step makes with one statement.
struct Part {
  std::string object;
  std::string kind;
  Verb verb = Verb::alter;
  std::string reason;
  Source source;
};

struct Step {
  std::string id;             ///< "s001": stable within a plan
  std::string object;         ///< key of the object it is about
  std::string kind;           ///< kind of that object, for grouping and colours
  std::string relation = {};  ///< the relation that it is about, quoted and qualified as in SQL; "" for none
  Verb verb = Verb::alter;
  std::string reason;            ///< "not in the database", "type: integer → bigint", "rebuilt, since it reads …"
  std::vector<std::string> sql;  ///< statements without semicolons, in order
  std::string search_path;       ///< SET LOCAL while they run; "" is the session's empty path
  std::vector<std::string> secrets = {};  ///< NAME of each '${secret:NAME}' that is filled in when `sql` is sent
  Inverse inverse;
  std::vector<std::string> changes;  ///< keys of all objects that the step creates, alters or drops
  std::vector<Part> parts = {};      ///< of a step that makes several changes of one object; else empty
  Source source;
  int group = 1;
  std::optional<Alone> alone = {};  ///< set: it is a group of its own, in no transaction
  Lock lock;
  bool rewrites = false;
  bool scans = false;
  std::vector<std::string> hazards;
  std::vector<std::string> allowed = {};  ///< those of the hazards that the file accepts (@allow)
  std::vector<Preflight> preflight;
  std::vector<Retained> retained = {};
  std::int64_t lock_timeout_ms = 0;  ///< 0: the command's default
};

/// What the plan does to the set of objects: checked at the end of apply, and at the start of rollback.
struct Effects {
  std::vector<std::string> removed;
  std::map<std::string, Shape> added;
  std::map<std::string, Shape> altered;
};

/// Steps that run in one transaction, or one step that runs in none. A plan that is one transaction has no list of
/// them.
struct Group {
  std::string reason;  ///< why it is apart from the group before it; "" for the first
  bool in_transaction = true;
};

struct SchemaFile {
  std::string path;  ///< relative to where the plan was made
  std::string sha256;
};

/// Something that the file or the database holds and segue does not model; named, never skipped.
struct Unmodelled {
  std::string object;
  std::string note;
};

struct Summary {
  int add = 0, change = 0, drop = 0;
};

/// The deterministic part: the same inputs give the same bytes on every machine.
struct Body {
  std::string scope = "declared";
  std::vector<std::string> exclude;
  std::string on_drop = "refuse";
  std::string owner;
  int server_major = 0;
  int hash_version = plan::hash_version;  ///< of the hashes in `reads` and `effects`
  std::vector<SchemaFile> files;
  std::map<std::string, std::string> reads;  ///< key → hash of the whole object, as the plan found it
  /// Keys of what the plan has read with all its parts: no new one may be there.
  std::vector<std::string> watches = {};
  std::vector<Step> steps;
  std::vector<Group> groups = {};  ///< by Step::group, from 1; empty where all steps run in one transaction
  Effects effects;
  std::map<std::string, std::string> assumptions;  ///< size classes that choices rest on
  std::vector<std::string> left_alone;  ///< kinds that hang on objects and that the file never mentions ("owner" …)
  /// Object → definition → the key under which what the server makes of it is to be remembered.
  std::map<std::string, std::map<std::string, std::string>> remembers;
  std::vector<std::string> manages;  ///< keys of the top-level objects that the file names: ours from this apply on
  std::vector<Unmodelled> unmodelled;
  std::vector<std::string> warnings;
};

/// What the server showed while a step ran on a scratch database (`segue prove`).
struct Measured {
  std::string step;
  std::string mode;                    ///< the strongest that was new on a relation that had been there; "" for none
  std::vector<std::string> locked;     ///< in which modes ever
  std::vector<std::string> rewritten;  ///< their rows lie in new files
  std::vector<std::string> scanned;    ///< from one end to the other
};

/// What may change from day to day and decides nothing.
struct Observed {
  std::string server_version;
  std::map<std::string, std::int64_t> rows;  ///< estimated rows of the tables touched
  std::map<std::string, std::int64_t> bytes;
  std::map<std::string, std::int64_t>
      settled_by_tier;        ///< "equal_text", "canonical", "remembered", "server", "undecided"
  std::int64_t not_ours = 0;  ///< objects of the database left alone under scope declared
  std::vector<std::string> notes;
  std::vector<Measured> measured = {};  ///< empty before a proof
};

struct Plan {
  Body body;
  Observed observed;
  std::string id;            ///< sha256 of the deterministic part
  bool hand_edited = false;  ///< sealed again by `segue seal`
  bool empty() const { return body.steps.empty(); }
  Summary summary() const;
};

std::string to_string(Verb verb);

/// Hazards of DESIGN section 6, by the names of the command line.
namespace hazard {
inline constexpr const char* deletes_data = "DELETES_DATA";
inline constexpr const char* rewrites_table = "REWRITES_TABLE";
inline constexpr const char* blocks_writes = "BLOCKS_WRITES";
inline constexpr const char* blocks_reads = "BLOCKS_READS";
inline constexpr const char* may_fail_on_data = "MAY_FAIL_ON_DATA";
inline constexpr const char* not_reversible = "NOT_REVERSIBLE";
inline constexpr const char* not_transactional = "NOT_TRANSACTIONAL";
inline constexpr const char* changes_privileges = "CHANGES_PRIVILEGES";
inline constexpr const char* index_dropped = "INDEX_DROPPED";
inline constexpr const char* changes_row_shape = "CHANGES_ROW_SHAPE";
inline constexpr const char* fires_event_trigger = "FIRES_EVENT_TRIGGER";
}  // namespace hazard

}  // namespace segue::plan
