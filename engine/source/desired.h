// The desired state: what a schema file says, as a schema.
//
// Called by the planner's front (engine/make_plan) and by validate; needs no database. Never sends anything anywhere.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "kinds/others.h"
#include "model/schema.h"
#include "source/annotations.h"
#include "sql/script.h"

namespace segue::source {

/// Names that exist without standing in the file: members of extensions, mostly. From the live catalog, where there is
/// one; empty otherwise.
struct Environment {
  /// class ("type", "function", "opclass", "collation", "relation") and name → schemas that have it; "extension of" all
  /// that → the extensions that bring it.
  std::unordered_map<std::string, std::vector<std::string>> schemas_of;
  /// Whether every extension of the file is there, so that a name which nobody has is the server's own.
  bool complete = true;
  /// The system's objects and members of extensions that the file grants on.
  kinds::Others others;
};

struct SourceOptions {
  int server_version = 150000;
  std::string default_owner;  ///< owner of what the file creates without saying whose it is
  std::string search_path = "public";
  Environment environment;
  /// Further settings that readers may ask for (DesiredReader::setting).
  std::map<std::string, std::string> settings;
};

/// A text to read and the name it goes by in messages.
struct SchemaText {
  std::string path;
  std::string text;
};

struct Note {
  std::string object;
  std::string text;
};

/// A name that a statement needs and none before it makes: the server's own, a member of an extension, somebody else's,
/// or nobody's.
struct Unmade {
  std::string object_class;  ///< "type", "function", "collation" or "relation"
  std::vector<std::string> names;
  Location where;
};

struct Desired {
  model::Schema schema;
  Annotations annotations;
  std::vector<Note> unmodelled;
  Diagnostics warnings;
  std::int64_t ignored_data = 0;            ///< statements that fill tables
  std::set<std::string> created_in;         ///< schemas that the file creates or puts objects in
  std::set<std::string> mentioned_aspects;  ///< "comment", "owner", "privileges", "default privileges"
  std::set<std::string> spoken_of;          ///< keys of initial privileges, those that stay as they are included
  kinds::WantedOthers wanted;               ///< what to ask the server for before the file is read again
  std::vector<Unmade> unmade;               ///< of statements that create or alter; what definitions read is in Reads
};

/// Parsed files, in their order.
using Scripts = std::vector<sql::Script>;

/// Parses all texts; every syntax error of all of them is reported at once. Needs no database: runs beside
/// introspection.
Result<Scripts> parse_all(const std::vector<SchemaText>& texts);

/// Reads statements in their order as the server would run them on an empty database of that version (template0). Every
/// error of the text is reported at once.
Result<Desired> read_desired(const Scripts& scripts, const SourceOptions& options);

/// Runs a statement on a schema that stands, as the server would on a database: its names are followed into everything
/// that mentions them.
Status run_on(model::Schema& schema, const std::string& sql, SourceOptions options);

/// The tables of the database that a file does not name and that are partitions or children of its tables, or of each
/// other: parents first.
std::vector<std::string> tables_below(const model::Schema& declared, const model::Schema& live);

/// Adds these to the schema of the file as they are, but for what comes down to them from its tables: columns, checks,
/// indexes and keys. Whatever else they have is nobody's business.
void follow_parents(const std::vector<std::string>& tables, const model::Schema& live, model::Schema& declared,
                    const SourceOptions& options);

/// The files behind --schema: one file, a directory (*.sql by name), "-" is not read here. \i and \ir are followed;
/// what they include stands in the place of the line.
Result<std::vector<SchemaText>> load_files(const std::string& path);

}  // namespace segue::source
