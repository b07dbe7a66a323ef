#include "kinds/acl_common.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/quote.h"

namespace segue::kinds::acl {
namespace {

struct Right {
  std::string_view name;
  char letter;
};

// utils/acl.h ACL_*_CHR, in the order in which people read them
constexpr std::array<Right, 11> rights_table = {{{"SELECT", 'r'},
                                                 {"INSERT", 'a'},
                                                 {"UPDATE", 'w'},
                                                 {"DELETE", 'd'},
                                                 {"TRUNCATE", 'D'},
                                                 {"REFERENCES", 'x'},
                                                 {"TRIGGER", 't'},
                                                 {"MAINTAIN", 'm'},
                                                 {"EXECUTE", 'X'},
                                                 {"USAGE", 'U'},
                                                 {"CREATE", 'C'}}};

Rights of_letter(char letter) {
  for (std::size_t i = 0; i < rights_table.size(); ++i) {
    if (rights_table[i].letter == letter) return Rights{1} << i;
  }
  return 0;
}

Rights of_letters(std::string_view letters) {
  Rights rights = 0;
  for (const char letter : letters) rights |= of_letter(letter);
  return rights;
}

std::string listed(Rights rights, Rights grantable) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < rights_table.size(); ++i) {
    const Rights bit = Rights{1} << i;
    if (!(rights & bit)) continue;
    parts.push_back(std::string(rights_table[i].name) + (grantable & bit ? " WITH GRANT OPTION" : ""));
  }
  return join(parts, ", ");
}

bool single(Rights rights) { return (rights & (rights - 1)) == 0; }

constexpr std::string_view grant_option = " WITH GRANT OPTION";

/// "reader BY app", or the grantee alone where the owner granted.
std::string roles_of(const Item& item) {
  return item.grantor == owner_role ? item.grantee : item.grantee + " BY " + item.grantor;
}

}  // namespace

// -- Acl -------------------------------------------------------------------------------------------------------------

Item& Acl::at(const std::string& grantee, const std::string& grantor) {
  for (Item& item : items_) {
    if (item.grantee == grantee && item.grantor == grantor) return item;
  }
  return items_.emplace_back(Item{grantee, grantor, 0, 0});
}

void Acl::tidy() {
  std::erase_if(items_, [](const Item& item) { return item.rights == 0 && item.grantable == 0; });
}

void Acl::put_in_order(const model::List& order) {
  const auto place = [&](const Item& item) { return std::find(order.begin(), order.end(), roles_of(item)); };
  std::stable_sort(items_.begin(), items_.end(), [&](const Item& a, const Item& b) { return place(a) < place(b); });
}

void Acl::add(const std::string& grantee, const std::string& grantor, Rights rights, bool with_grant_option) {
  Item& item = at(grantee, grantor);
  item.rights |= rights;
  if (with_grant_option) item.grantable |= rights;
  tidy();
}

void Acl::remove(const std::string& grantee, const std::string& grantor, Rights rights, bool only_grant_option) {
  Item& item = at(grantee, grantor);
  const Rights lost = item.grantable & rights;
  item.grantable &= ~rights;
  if (!only_grant_option) item.rights &= ~rights;
  tidy();
  if (lost == 0 || grantee == owner_role) return;
  Rights still = 0;  // from another grantor
  for (const Item& other : items_) {
    if (other.grantee == grantee) still |= other.grantable;
  }
  const std::vector<Item> before = items_;
  for (const Item& other : before) {
    if (other.grantor == grantee && (other.rights & lost & ~still))
      remove(other.grantee, grantee, lost & ~still, false);
  }
}

Item Acl::find(std::string_view grantee, std::string_view grantor) const {
  for (const Item& item : items_) {
    if (item.grantee == grantee && item.grantor == grantor) return item;
  }
  return {std::string(grantee), std::string(grantor), 0, 0};
}

bool Acl::granted_on(std::string_view grantee, Rights rights) const {
  return std::any_of(items_.begin(), items_.end(),
                     [&](const Item& item) { return item.grantor == grantee && (item.rights & rights); });
}

bool operator==(const Acl& a, const Acl& b) {
  return a.items_.size() == b.items_.size() && std::all_of(a.items_.begin(), a.items_.end(), [&](const Item& item) {
           const Item other = b.find(item.grantee, item.grantor);
           return item.rights == other.rights && item.grantable == other.grantable;
         });
}

// -- what is built in ------------------------------------------------------------------------------------------------

Class class_of(const model::Object& target) { return class_named(target.kind->sql_class); }

Class class_named(std::string_view sql_class) {
  struct Entry {
    std::string_view sql_class;
    Class of;
  };
  static constexpr Entry entries[] = {{"TABLE", Class::relation},
                                      {"VIEW", Class::relation},
                                      {"MATERIALIZED VIEW", Class::relation},
                                      {"FOREIGN TABLE", Class::relation},
                                      {"SEQUENCE", Class::sequence},
                                      {"COLUMN", Class::column},
                                      {"FUNCTION", Class::routine},
                                      {"PROCEDURE", Class::routine},
                                      {"AGGREGATE", Class::routine},
                                      {"TYPE", Class::type},
                                      {"DOMAIN", Class::type},
                                      {"SCHEMA", Class::schema},
                                      {"LANGUAGE", Class::language},
                                      {"FOREIGN DATA WRAPPER", Class::foreign},
                                      {"SERVER", Class::foreign}};
  for (const Entry& entry : entries) {
    if (entry.sql_class == sql_class) return entry.of;
  }
  return Class::none;
}

Rights all_rights(Class of, int server_version) {
  switch (of) {
    case Class::relation:
      return of_letters(server_version >= 170000 ? "rawdDxtm" : "rawdDxt");
    case Class::sequence:
      return of_letters("rwU");
    case Class::column:
      return of_letters("rawx");
    case Class::routine:
      return of_letters("X");
    case Class::type:
    case Class::language:
    case Class::foreign:
      return of_letters("U");
    case Class::schema:
      return of_letters("UC");
    case Class::large_object:
      return of_letters("rw");
    case Class::none:
      return 0;
  }
  return 0;
}

Rights right_named(std::string_view name) {
  const auto same = [](std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return (x >= 'a' && x <= 'z' ? static_cast<char>(x - 32) : x) == y; });
  };
  for (std::size_t i = 0; i < rights_table.size(); ++i) {
    if (same(name, rights_table[i].name)) return Rights{1} << i;
  }
  return 0;
}

std::string names_of(Rights rights, Class of, int server_version) {
  const Rights all = all_rights(of, server_version);
  return rights == all && !single(all) ? "ALL" : listed(rights, 0);
}

std::string rights_in_words(Rights rights) { return listed(rights, 0); }

Acl built_in(Class of, int server_version, bool schema_public) {
  Acl acl;
  if (of == Class::none || of == Class::column) return acl;
  const std::string owner(owner_role);
  const std::string everyone(public_role);
  // acl.c acldefault
  const bool for_everyone = of == Class::routine || of == Class::type || of == Class::language;
  if (for_everyone) acl.add(everyone, owner, all_rights(of, server_version), false);
  acl.add(owner, owner, all_rights(of, server_version), false);
  // initdb's GRANT on the schema public; since 15 nobody but its owner creates in it
  if (schema_public) acl.add(everyone, owner, of_letters(server_version >= 150000 ? "U" : "UC"), false);
  return acl;
}

Acl built_in_for(const model::Object& target, int server_version) {
  return built_in_for(target, class_of(target), server_version);
}

Acl built_in_for(const model::Object& target, Class of, int server_version) {
  return built_in(of, server_version, of == Class::schema && target.name() == "public");
}

// -- the readable form -----------------------------------------------------------------------------------------------

model::List to_list(const Acl& acl, Class of, int server_version) {
  model::List list;
  const Rights all = all_rights(of, server_version);
  for (const Item& item : acl.items()) {
    std::string entry = roles_of(item) + ": ";
    if (item.rights == all && !single(all) && (item.grantable == 0 || item.grantable == all)) {
      entry += "ALL";
      if (item.grantable == all) entry += grant_option;
    } else {
      entry += listed(item.rights, item.grantable);
    }
    list.push_back(std::move(entry));
  }
  std::sort(list.begin(), list.end());
  return list;
}

namespace {

/// One past a role name at the start of `text`: quoted, with doubled quotes inside, or up to a space or colon.
std::size_t role_end(std::string_view text) {
  if (text.empty() || text.front() != '"') return std::min(text.find_first_of(" :"), text.size());
  std::size_t at = 1;
  for (; at < text.size(); ++at) {
    if (text[at] != '"') continue;
    if (at + 1 < text.size() && text[at + 1] == '"') {
      ++at;
      continue;
    }
    return at + 1;
  }
  return at;
}

std::string take_role(std::string_view& text) {
  const std::size_t end = role_end(text);
  const std::string role(text.substr(0, end));
  text.remove_prefix(end);
  return role;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

void add_rights(std::string_view text, Rights all, const std::string& grantee, const std::string& grantor, Acl& acl) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(", "), text.size());
    std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 2, text.size()));
    const bool with_option =
        part.size() > grant_option.size() && part.substr(part.size() - grant_option.size()) == grant_option;
    if (with_option) part.remove_suffix(grant_option.size());
    acl.add(grantee, grantor, part == "ALL" ? all : right_named(part), with_option);
  }
}

/// putid: a name between double quotes, doubled inside, or plain.
std::string take_id(std::string_view& text) {
  std::string name;
  bool quoted = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' && quoted && at + 1 < text.size() && text[at + 1] == '"') {
      name += '"';
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '=' || c == '/')) {
      break;
    } else {
      name += c;
    }
  }
  text.remove_prefix(at);
  return name;
}

}  // namespace

Acl from_list(const model::List& list, Class of, int server_version) {
  Acl acl;
  const Rights all = all_rights(of, server_version);
  for (const std::string& entry : list) {
    std::string_view text = entry;
    const std::string grantee = take_role(text);
    const std::string grantor = take(text, " BY ") ? take_role(text) : std::string(owner_role);
    if (take(text, ": ")) add_rights(text, all, grantee, grantor, acl);
  }
  return acl;
}

model::List order_of(const Acl& acl) {
  model::List order;
  for (const Item& item : acl.items()) order.push_back(roles_of(item));
  return order;
}

model::List roles_in(const model::List& order) {
  model::List roles;
  for (const std::string& entry : order) {
    std::string_view text = entry;
    roles.push_back(take_role(text));
    if (take(text, " BY ")) roles.push_back(take_role(text));
  }
  return roles;
}

Acl list_of(const model::Object& object, Class of, int server_version) {
  Acl acl = from_list(object.list(model::attribute(*object.kind, "acl")), of, server_version);
  acl.put_in_order(object.list(model::attribute(*object.kind, "granted")));
  return acl;
}

void set_list(model::Object& object, const Acl& acl, Class of, int server_version) {
  object[model::attribute(*object.kind, "acl")] = to_list(acl, of, server_version);
  object[model::attribute(*object.kind, "granted")] = order_of(acl);
}

Acl from_aclitems(const std::vector<std::string>& items, std::string_view owner) {
  Acl acl;
  const auto symbol = [&](const std::string& name) {
    return name == owner ? std::string(owner_role) : quote_identifier(name);
  };
  for (const std::string& item : items) {
    std::string_view text = item;
    const bool everyone = !text.empty() && text.front() == '=';
    const std::string name = take_id(text);
    const std::string grantee = everyone ? std::string(public_role) : symbol(name);
    take(text, "=");
    Rights rights = 0;
    Rights grantable = 0;
    Rights last = 0;
    while (!text.empty() && text.front() != '/') {
      if (text.front() == '*') {
        grantable |= last;
      } else {
        last = of_letter(text.front());
        rights |= last;
      }
      text.remove_prefix(1);
    }
    take(text, "/");
    const std::string grantor = symbol(take_id(text));
    acl.add(grantee, grantor, rights & ~grantable, false);
    if (grantable) acl.add(grantee, grantor, grantable, true);
  }
  return acl;
}

Acl with_new_owner(const Acl& acl, const std::string& old_owner, const std::string& new_owner) {
  if (old_owner == new_owner || new_owner.empty()) return acl;
  const auto renamed = [&](const std::string& role) { return role == new_owner ? std::string(owner_role) : role; };
  Acl result;
  for (const Item& item : acl.items()) {
    result.add(renamed(item.grantee), renamed(item.grantor), item.rights & ~item.grantable, false);
    if (item.grantable) result.add(renamed(item.grantee), renamed(item.grantor), item.grantable, true);
  }
  return result;
}

}  // namespace segue::kinds::acl
