#include "kinds/grant_statement.h"

#include <algorithm>

#include "base/quote.h"

namespace segue::kinds {

using acl::Acl;
using acl::Class;
using acl::Rights;
using model::Object;

bool grants_modelled(std::string_view object_type) {
  static constexpr std::string_view types[] = {
      "OBJECT_TABLE",  "OBJECT_SEQUENCE", "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE",       "OBJECT_TYPE",
      "OBJECT_DOMAIN", "OBJECT_SCHEMA",   "OBJECT_LANGUAGE", "OBJECT_FDW",       "OBJECT_FOREIGN_SERVER"};
  return std::find(std::begin(types), std::end(types), object_type) != std::end(types);
}

GrantStatement::GrantStatement(const sql::Node& node, DesiredReader& reader) : node_(node), reader_(reader) {
  is_grant_ = node.flag("is_grant");
  option_ = node.flag("grant_option");
  current_ = reader.setting("role");
  if (current_.empty() || current_ == "none") current_ = reader.setting("session_authorization");
  if (current_.empty() || current_ == "default") current_ = reader.setting("segue.default_owner");
}

std::vector<GrantedPart> GrantStatement::parts(Class of, const std::string& shown) const {
  const int version = reader_.server_version();
  const sql::List named = node_.list("privileges");
  if (named.empty()) return {{acl::all_rights(of, version), ""}};
  std::vector<GrantedPart> parts;
  for (const sql::Node privilege : named) {
    const std::string_view name = privilege.text("priv_name");
    const std::vector<std::string> columns = sql::strings(privilege.list("cols"));
    const Rights all = acl::all_rights(columns.empty() ? of : Class::column, version);
    const Rights rights = name.empty() ? all : acl::right_named(name);
    if (rights == 0 || (rights & ~all)) {
      reader_.error(node_, "privilege " + std::string(name) + " does not exist on " + shown,
                    "it has " + acl::rights_in_words(all));
      continue;
    }
    if (columns.empty()) parts.push_back({rights, ""});
    for (const std::string& column_name : columns) parts.push_back({rights, column_name});
  }
  return parts;
}

std::string GrantStatement::text_on(const std::string& object) const {
  std::vector<std::string> rights;
  for (const sql::Node privilege : node_.list("privileges")) {
    std::string text = privilege.text("priv_name").empty() ? "ALL" : std::string(privilege.text("priv_name"));
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    std::vector<std::string> columns;
    for (const std::string& name : sql::strings(privilege.list("cols"))) columns.push_back(quote_identifier(name));
    rights.push_back(columns.empty() ? text : text + " (" + join(columns, ", ") + ")");
  }
  std::vector<std::string> grantees;
  for (const sql::Node grantee : node_.list("grantees")) grantees.push_back(role(grantee, ""));
  const std::string head = is_grant_ ? "GRANT " : option_ ? "REVOKE GRANT OPTION FOR " : "REVOKE ";
  std::string tail;
  if (is_grant_ && option_) tail = " WITH GRANT OPTION";
  if (!is_grant_ && node_.text("behavior") == "DROP_CASCADE") tail = " CASCADE";
  return head + (rights.empty() ? "ALL" : join(rights, ", ")) + " ON " + object + (is_grant_ ? " TO " : " FROM ") +
         join(grantees, ", ") + tail;
}

bool GrantStatement::reaches_columns(Class of, Rights rights) const {
  return !is_grant_ && of == Class::relation &&
         (rights & acl::all_rights(Class::column, reader_.server_version())) != 0;
}

void GrantStatement::change(Object object, const Acl& built_in, Class of, Rights rights, const std::string& owner,
                            const Acl& above) const {
  const int version = reader_.server_version();
  const Object* standing = reader_.schema().find(object.key);
  Acl list = standing == nullptr ? built_in : acl::list_of(*standing, of, version);
  apply(list, above, rights, owner);
  const std::string key = object.key;
  reader_.schema().remove(key);
  acl::set_list(object, list, of, version);
  reader_.add(std::move(object));  // added even if it goes again: the file speaks of privileges
  if (list == built_in) reader_.schema().remove(key);
}

std::string GrantStatement::role(const sql::Node& spec, const std::string& owner) const {
  const std::string_view type = spec.text("roletype");
  if (type == "ROLESPEC_PUBLIC") return std::string(acl::public_role);
  const std::string name = quote_identifier(type == "ROLESPEC_CSTRING" ? std::string(spec.text("rolename")) : current_);
  return name == owner ? std::string(acl::owner_role) : name;
}

/// acl.c select_best_grantor: whoever may act as the owner does; any other role grants what it has an option for, here
/// or, of a column, on the relation (aclchk.c ExecGrant_Relation). Without any, the owner: no file that loads has that.
Rights GrantStatement::own_options(const Acl& list, const Acl& above, const std::string& owner) const {
  const std::string role_name = quote_identifier(current_);
  if (role_name == owner || current_ == reader_.setting("segue.default_owner")) return 0;
  Rights options = 0;
  for (const Acl* one : {&list, &above}) {
    for (const acl::Item& item : one->items()) {
      if (item.grantee == role_name) options |= item.grantable;
    }
  }
  return options;
}

void GrantStatement::apply(Acl& list, const Acl& above, Rights rights, const std::string& owner) const {
  const Rights options = own_options(list, above, owner);
  const std::string by = options == 0 ? std::string(acl::owner_role) : quote_identifier(current_);
  if (options != 0) rights &= options;  // aclchk.c restrict_and_check_grant: the others are left out, with a warning
  if (rights == 0) return;
  for (const sql::Node grantee : node_.list("grantees")) {
    if (is_grant_) {
      list.add(role(grantee, owner), by, rights, option_);
    } else {
      list.remove(role(grantee, owner), by, rights, option_);
    }
  }
}

}  // namespace segue::kinds
