// One GRANT or REVOKE of a file on its way over the lists that it changes (aclchk.c ExecuteGrantStmt).
//
// Used by the kinds that hold lists, privileges and initial_privileges, which find the objects and keep the lists.
// Finds none itself.
#pragma once

#include <string>
#include <vector>

#include "kinds/acl_common.h"
#include "kinds/reader.h"

namespace segue::kinds {

/// Whether GRANT speaks of objects of that type ("OBJECT_TABLE") that have lists which are modelled.
bool grants_modelled(std::string_view object_type);

/// What one item of the statement's list of privileges changes.
struct GrantedPart {
  acl::Rights rights = 0;
  std::string column;  ///< "" for the object as a whole
};

class GrantStatement {
 public:
  GrantStatement(const sql::Node& node, DesiredReader& reader);

  /// What it changes on an object of that class, `shown` in messages. What the class does not have is reported.
  std::vector<GrantedPart> parts(acl::Class of, const std::string& shown) const;
  /// The statement on one object, named as GRANT names it; the rest as it stands in the file.
  std::string text_on(const std::string& object) const;
  /// Whether it takes the rights from a relation's columns too (aclchk.c expand_all_col_privileges).
  bool reaches_columns(acl::Class of, acl::Rights rights) const;
  /// Does it to `object`, made without its list, or to the one that stands in its place. Where that comes to `built_in`
  /// there is no object any more. `owner`: quoted. `above`: of a column the list of its relation.
  void change(model::Object object, const acl::Acl& built_in, acl::Class of, acl::Rights rights,
              const std::string& owner, const acl::Acl& above = {}) const;

 private:
  std::string role(const sql::Node& spec, const std::string& owner) const;
  acl::Rights own_options(const acl::Acl& list, const acl::Acl& above, const std::string& owner) const;
  void apply(acl::Acl& list, const acl::Acl& above, acl::Rights rights, const std::string& owner) const;

  const sql::Node& node_;
  DesiredReader& reader_;
  bool is_grant_ = false;
  bool option_ = false;
  std::string current_;  ///< the role that runs the statement
};

}  // namespace segue::kinds
