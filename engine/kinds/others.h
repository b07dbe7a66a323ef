// Objects that no statement of a file makes: the system's, and members of extensions. Of them only their privileges are
// segue's affair, and only where they are not the initial ones (pg_init_privs, else acl.c acldefault).
//
// Read from the server by catalog/others and by the kind initial_privileges with one query; found by source/others for
// the names in a file. Holds no object of the model.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "kinds/acl_common.h"
#include "kinds/reader.h"

namespace segue::kinds {

struct Other {
  std::string word;  ///< "table", "sequence", "function", "procedure", "type", "schema", "language" …, "column"
  std::string schema;
  std::string name;       ///< of a column its relation's
  std::string signature;  ///< of a routine
  std::string column;     ///< "" for the whole
  std::string extension;  ///< whose member it is; "" for the system's
  std::string owner;
  acl::Acl initial;
  bool coming = false;  ///< with an extension that is not there yet: what it has from the start is not known

  acl::Class of() const;
  /// `function pg_catalog.pg_sleep(double precision)`, `column pg_catalog.pg_proc.proname`
  std::string shown() const;
  /// How GRANT names it: `FUNCTION pg_catalog.pg_sleep(double precision)`; of a column its relation.
  std::string in_grant() const;
  /// `pg_catalog.pg_sleep`
  std::string qualified() const;
};

/// The SQL expressions of a catalog whose objects have privileges, for conditions on them.
struct OtherCatalog {
  std::string schema;   ///< NULL where its objects are in none
  std::string name;     ///< of a column its relation's
  std::string acl;      ///< NULL for the default
  std::string initial;  ///< of pg_init_privs, NULL where it has no entry
};

/// One query for all such objects that meet a condition. The last column is the present list, NULL for the default.
std::string others_query(const std::function<std::string(const OtherCatalog&)>& condition);
Other other_in(const Row& row);
/// The present list of the same row.
acl::Acl present_list(const Row& row, const Other& other);

/// Whether an object of the kind initial_privileges holds what default privileges of `side` give to a member as its
/// extension is made: pg_init_privs keeps what the extension's script grants, and nothing of that.
bool is_as_member_comes(const model::Object& of_member, const model::Schema& side, int server_version);

/// What a file's reader knows of others.
struct Others {
  enum class Known {
    assumed,  ///< nothing: no server is there to be asked, and what initdb leaves is assumed
    asked,    ///< nothing yet: what the file speaks of is noted, and asked for
    told,     ///< those that were asked for
  };
  Known known = Known::assumed;
  std::vector<Other> list;
};

/// What a file speaks of and the server has to be asked for.
struct WantedOthers {
  std::set<std::string> names;    ///< last names
  std::set<std::string> schemas;  ///< with all that is in them
  bool empty() const { return names.empty() && schemas.empty(); }
};

}  // namespace segue::kinds
