// The way from one access control list to another, and what default privileges make of a new object's list.
#include <algorithm>
#include <utility>

#include "base/quote.h"
#include "kinds/acl_common.h"
#include "kinds/kinds.h"
#include "kinds/target.h"

namespace segue::kinds::acl {
namespace {

/// What stands in all of several lists, or in any of them.
Item merged(const std::vector<Acl>& lists, const Item& like, bool any) {
  Item result{like.grantee, like.grantor, any ? Rights{0} : ~Rights{0}, any ? Rights{0} : ~Rights{0}};
  for (const Acl& list : lists) {
    const Item item = list.find(like.grantee, like.grantor);
    result.rights = any ? result.rights | item.rights : result.rights & item.rights;
    result.grantable = any ? result.grantable | item.grantable : result.grantable & item.grantable;
  }
  return result;
}

/// Every (grantee, grantor) of the lists once; those whose grantor is not the owner first, since what was granted on is
/// revoked before the option it rests on.
std::vector<Item> pairs(const std::vector<Acl>& from, const Acl& to) {
  std::vector<Item> all;
  const auto collect = [&](const Acl& list) {
    for (const Item& item : list.items()) {
      const bool known = std::any_of(all.begin(), all.end(), [&](const Item& other) {
        return other.grantee == item.grantee && other.grantor == item.grantor;
      });
      if (!known) all.push_back(item);
    }
  };
  for (const Acl& list : from) collect(list);
  collect(to);
  std::stable_sort(all.begin(), all.end(), [](const Item& a, const Item& b) {
    return std::make_tuple(a.grantor == owner_role, a.grantee, a.grantor) <
           std::make_tuple(b.grantor == owner_role, b.grantee, b.grantor);
  });
  return all;
}

class Writer {
 public:
  explicit Writer(const Wording& wording) : wording_(wording) {}

  void revoke(const Item& item, Rights rights, bool only_option) {
    if (rights == 0) return;
    write(item, std::string("REVOKE ") + (only_option ? "GRANT OPTION FOR " : "") + rights_text(rights) + " ON " +
                    wording_.object + " FROM " + role(item.grantee));
  }
  void grant(const Item& item, Rights rights, bool with_option) {
    if (rights == 0) return;
    write(item, "GRANT " + rights_text(rights) + " ON " + wording_.object + " TO " + role(item.grantee) +
                    (with_option ? " WITH GRANT OPTION" : ""));
  }
  std::vector<std::string> take() { return std::move(statements_); }

 private:
  std::string role(const std::string& name) const { return name == owner_role ? wording_.owner : name; }

  std::string rights_text(Rights rights) const {
    const std::string names = names_of(rights, wording_.of, wording_.server_version);
    if (wording_.column.empty()) return names;
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == ',') text += " (" + wording_.column + ")";
      text += names[i];
    }
    return text + " (" + wording_.column + ")";
  }

  /// aclchk.c: GRANTED BY may name nobody but the current user, so that another's grant is made as that role.
  void write(const Item& item, const std::string& sql) {
    const bool other = item.grantor != owner_role && wording_.prefix.empty();
    if (other) statements_.push_back("SET LOCAL ROLE " + item.grantor);
    statements_.push_back(wording_.prefix + sql);
    if (other) statements_.push_back("RESET ROLE");
  }

  const Wording& wording_;
  std::vector<std::string> statements_;
};

}  // namespace

namespace {

/// Of these rights, those that the grantee can lose with their option and take from nobody else: those that it has not
/// granted on, or may still from another grantor (acl.c recursive_revoke).
Rights revocable(const Acl& list, const Item& of, Rights rights) {
  if (of.grantee == owner_role) return rights;
  Rights used = 0;
  Rights still = 0;
  for (const Item& item : list.items()) {
    if (item.grantor == of.grantee) used |= item.rights;
    if (item.grantee == of.grantee && item.grantor != of.grantor) still |= item.grantable;
  }
  return rights & ~(list.find(of.grantee, of.grantor).grantable & used & ~still);
}

/// What the role may grant on by options that stand in the list itself; a column's may also rest on its relation's.
Rights options_of(const std::string& role, const Acl& list) {
  Rights options = 0;
  for (const Item& item : list.items()) {
    if (item.grantee == role) options |= item.grantable;
  }
  return options;
}

Acl merged(const std::vector<Acl>& lists, const std::vector<Item>& all, bool any) {
  Acl list;
  for (const Item& pair : all) {
    const Item item = merged(lists, pair, any);
    list.add(pair.grantee, pair.grantor, item.rights & ~item.grantable, false);
    list.add(pair.grantee, pair.grantor, item.grantable & item.rights, true);
  }
  return list;
}

/// What of `to` may stay as it is on the way from `from`. What was granted by an option that goes is not among it, also
/// where the same role gets the option from another: pg_dump writes a list in its order, which has to be one in which
/// it can be granted.
Acl kept_of(const Acl& from, const Acl& to) {
  Acl kept;
  for (const Item& wanted : to.items()) {
    const Item item = from.find(wanted.grantee, wanted.grantor);
    kept.add(item.grantee, item.grantor, item.rights & wanted.rights, false);
    kept.add(item.grantee, item.grantor, item.grantable & wanted.grantable, true);
  }
  for (bool again = true; again;) {
    again = false;
    for (const Item& item : std::vector<Item>(kept.items())) {
      const bool of_owner = item.grantor == owner_role;
      const Rights gone = of_owner ? 0 : options_of(item.grantor, from) & ~options_of(item.grantor, kept) & item.rights;
      kept.remove(item.grantee, item.grantor, gone, false);
      again = again || gone != 0;
    }
  }
  return kept;
}

std::vector<Item> owners_first(std::vector<Item> items) {
  std::stable_partition(items.begin(), items.end(), [](const Item& item) { return item.grantor == owner_role; });
  return items;
}

/// Where the item stands among those; behind all where it does not.
std::size_t place_in(const std::vector<Item>& items, const Item& item) {
  const auto same = [&](const Item& one) { return one.grantee == item.grantee && one.grantor == item.grantor; };
  return static_cast<std::size_t>(std::find_if(items.begin(), items.end(), same) - items.begin());
}

/// What may stay so that the list comes out in its order: items that stay keep their places, and others come behind
/// them (acl.c aclupdate). Where those that stay are in another order already, and somebody chose it, it is left to
/// them.
Acl kept_in_order(const Acl& from, Acl kept, const std::vector<Item>& wanted, bool as_built_in) {
  std::vector<Item> stay;
  for (const Item& item : wanted) {
    if (kept.find(item.grantee, item.grantor).rights != 0) stay.push_back(item);
  }
  const auto earlier = [&](const Item& a, const Item& b) {
    return place_in(from.items(), a) < place_in(from.items(), b);
  };
  if (!as_built_in && !std::is_sorted(stay.begin(), stay.end(), earlier)) return kept;
  std::size_t in_place = 0;
  while (in_place < stay.size() && place_in(wanted, stay[in_place]) == in_place &&
         (in_place == 0 || earlier(stay[in_place - 1], stay[in_place])))
    ++in_place;
  for (std::size_t i = in_place; i < stay.size(); ++i) kept.remove(stay[i].grantee, stay[i].grantor, ~Rights{0}, false);
  return kept;
}

/// The way to a list in turns: of what roles granted on, the last is revoked first and the first is granted first.
/// `most_` holds what perhaps stands there, `least_` what does for certain.
class Way {
 public:
  Way(const std::vector<Acl>& from, const Acl& to, const Wording& wording)
      : all_(pairs(from, to)),
        most_(merged(from, all_, true)),
        least_(merged(from, all_, false)),
        // in the order of the list, which is how the server appends them; the owner's first, since the others rest on
        // them
        wanted_(owners_first(to.items())),
        kept_(from.size() != 1 ? kept_of(most_, to)
                               : kept_in_order(from.front(), kept_of(most_, to), wanted_,
                                               from.front() == built_in(wording.of, wording.server_version))),
        writer_(wording) {}

  std::vector<std::string> run() {
    while (revoke()) continue;
    while (grant()) continue;
    return writer_.take();
  }

 private:
  bool revoke() {
    bool any = false;
    for (const Item& pair : all_) {
      const Item most = most_.find(pair.grantee, pair.grantor);
      const Item kept = kept_.find(pair.grantee, pair.grantor);
      const Rights whole = revocable(most_, pair, most.rights & ~kept.rights);
      const Rights option = revocable(most_, pair, most.grantable & ~kept.grantable & kept.rights);
      revoke(pair, whole, false);
      revoke(pair, option, true);
      any = any || whole != 0 || option != 0;
    }
    return any;
  }

  void revoke(const Item& of, Rights rights, bool only_option) {
    writer_.revoke(of, rights, only_option);
    for (Acl* list : {&most_, &least_}) list->remove(of.grantee, of.grantor, rights, only_option);
  }

  bool grant() {
    bool any = false;
    for (const Item& wanted : wanted_) {
      const Item least = least_.find(wanted.grantee, wanted.grantor);
      const Rights now = ~options_awaited(wanted.grantor);
      const Rights plain = wanted.rights & ~least.rights & ~wanted.grantable & now;
      const Rights option = wanted.grantable & ~(least.grantable & least.rights) & now;
      grant(wanted, plain, false);
      grant(wanted, option, true);
      any = any || plain != 0 || option != 0;
    }
    return any;
  }

  void grant(const Item& of, Rights rights, bool with_option) {
    writer_.grant(of, rights, with_option);
    for (Acl* list : {&most_, &least_}) list->add(of.grantee, of.grantor, rights, with_option);
  }

  /// Those that the role is still to be granted before it grants on.
  Rights options_awaited(const std::string& role) const {
    Rights awaited = 0;
    for (const Item& wanted : wanted_) {
      if (wanted.grantee == role && role != owner_role)
        awaited |= wanted.grantable & ~least_.find(wanted.grantee, wanted.grantor).grantable;
    }
    return awaited;
  }

  const std::vector<Item> all_;
  Acl most_;
  Acl least_;
  const std::vector<Item> wanted_;
  const Acl kept_;
  Writer writer_;
};

}  // namespace

std::vector<std::string> statements(const std::vector<Acl>& from, const Acl& to, const Wording& wording) {
  return Way(from, to, wording).run();
}

std::string form_of(Class of, std::string_view sql) {
  switch (of) {
    case Class::relation:
      return sql.rfind("REVOKE", 0) == 0 ? "REVOKE ON TABLE" : "GRANT ON TABLE";
    case Class::column:
      return "GRANT ON COLUMN";
    case Class::sequence:
      return "GRANT ON SEQUENCE";
    case Class::schema:
      return "GRANT ON SCHEMA";
    case Class::routine:
      return "GRANT ON FUNCTION";
    case Class::type:
      return "GRANT ON TYPE";
    case Class::language:
      return "GRANT ON LANGUAGE";
    case Class::foreign:
      return "GRANT ON FOREIGN SERVER";
    default:
      return {};
  }
}

// -- default privileges ----------------------------------------------------------------------------------------------

std::string_view default_class(Class of) {
  switch (of) {
    case Class::relation:
      return "TABLES";
    case Class::sequence:
      return "SEQUENCES";
    case Class::routine:
      return "FUNCTIONS";
    case Class::type:
      return "TYPES";
    case Class::schema:
      return "SCHEMAS";
    case Class::large_object:
      return "LARGE OBJECTS";
    case Class::language:
    case Class::foreign:
    case Class::column:
    case Class::none:
      return {};
  }
  return {};
}

Class class_of_default(std::string_view name) {
  for (const Class of :
       {Class::relation, Class::sequence, Class::routine, Class::type, Class::schema, Class::large_object}) {
    if (default_class(of) == name) return of;
  }
  return Class::none;
}

namespace {

/// The entry of that role (and schema, "" for all); null where there is none.
const model::Object* default_entry(const model::Schema& side, const std::string& creator,
                                   const std::string& schema_name, Class of) {
  const std::string schema_text = schema_name.empty() ? "" : quote_identifier(schema_name);
  return side.find(
      model::key_of(default_privileges, {quote_identifier(creator), schema_text, std::string(default_class(of))}));
}

}  // namespace

Acl initial(const model::Schema& side, Class of, const std::string& schema_name, const std::string& creator,
            int server_version) {
  if (default_class(of).empty() || creator.empty()) return built_in(of, server_version);
  const model::Object* everywhere = default_entry(side, creator, "", of);
  Acl result = everywhere == nullptr ? built_in(of, server_version) : list_of(*everywhere, of, server_version);
  if (of == Class::schema) return result;
  if (const model::Object* here = default_entry(side, creator, schema_name, of)) {
    const Acl more = list_of(*here, of, server_version);
    for (const Item& item : more.items()) {
      result.add(item.grantee, item.grantor, item.rights & ~item.grantable, false);
      if (item.grantable) result.add(item.grantee, item.grantor, item.grantable, true);
    }
  }
  return result;
}

namespace {

/// What gets its list when that object is made; null where nothing does. A base type gets it with its definition
/// (pg_type.c TypeShellMake, TypeCreate).
const model::Object* receiver(const model::Schema& schema, const model::Object& made) {
  if (made.kind == &base_type) return nullptr;
  return made.kind == &base_type_definition ? schema.find(made.parent) : &made;
}

/// `object`: privileges, without a list yet, of a `target` of class `of`.
void give(model::Schema& schema, model::Object object, const model::Object& target, Class of,
          const std::string& creator, int server_version) {
  if (default_class(of).empty()) return;
  const Acl acl = initial(schema, of, target.names.front(), creator, server_version);
  // of a schema public that is made anew it is not what initdb left
  if (acl == built_in_for(target, of, server_version)) return;
  set_list(object, acl, of, server_version);
  follow_definition(object, target);
  object.origin = target.origin;
  schema.add(std::move(object));
}

}  // namespace

void follow_definition(model::Object& list, const model::Object& target) {
  if (target.kind == &base_type) list.depends.push_back(model::key_of(base_type_definition, target.names));
}

void give_default_privileges(model::Schema& schema, const model::Object& target, const std::string& creator,
                             int server_version) {
  const model::Object* whole = receiver(schema, target);
  if (whole == nullptr) return;
  give(schema, model::make_object(privileges, {whole->key}, whole->key), *whole, class_of(*whole), creator,
       server_version);
}

void give_default_privileges_to_sequence(model::Schema& schema, const model::Object& column, const std::string& creator,
                                         int server_version) {
  give(schema, on_sequence_of(privileges, column), column, Class::sequence, creator, server_version);
}

std::string owner_of(const model::Schema* side, const std::string& target_key) {
  if (side == nullptr) return {};
  const model::Object* found = side->find(model::key_of(owner, {target_key}));
  if (found != nullptr) return quote_identifier(found->text(model::attribute(owner, "role")));
  const model::Object* target = side->find(target_key);
  const bool is_part = target != nullptr && !target->kind->has_owner && !target->parent.empty();
  return is_part ? owner_of(side, target->parent) : std::string();
}

void settle_created(const model::Sides& sides, model::Emit& emit) {
  if (sides.to == nullptr || sides.to_schema == nullptr) return;
  const model::Object* whole = receiver(*sides.to_schema, *sides.to);
  if (whole == nullptr) return;
  const model::Object& made = *whole;
  const model::Object list =
      made.kind == &column ? on_sequence_of(privileges, made) : model::make_object(privileges, {made.key}, made.key);
  const Target target = target_of(list, sides.to_schema);
  const Class of = class_named(target.sql_class);
  if (default_class(of).empty() || sides.to_schema->contains(list.key)) return;
  const std::string creator = quote_identifier(sides.current_role);
  const std::string role = owner_of(sides.to_schema, made.key);
  std::vector<Acl> from;
  for (const model::Schema* side : {sides.from_schema, sides.to_schema}) {
    if (side == nullptr) continue;
    const Acl given = initial(*side, of, made.names.front(), sides.current_role, sides.server_version);
    from.push_back(with_new_owner(given, creator, role));
  }
  const Wording wording{
      "", grant_object(of, target.address, made), "", role.empty() ? creator : role, of, sides.server_version};
  for (std::string& sql : statements(from, built_in(of, sides.server_version), wording)) emit.statement(std::move(sql));
}

std::string grant_object(Class of, const std::string& address, const model::Object& whole) {
  return of == Class::sequence ? "SEQUENCE " + address : grant_object(whole);
}

std::string grant_object(const model::Object& target) {
  const std::string_view sql_class = target.kind->sql_class;
  switch (class_of(target)) {
    case Class::relation:
      return "TABLE " + target.kind->address(target);
    case Class::type:
      return "TYPE " + target.kind->address(target);
    case Class::foreign:
      return (sql_class == "SERVER" ? "FOREIGN SERVER " : "FOREIGN DATA WRAPPER ") + target.kind->address(target);
    case Class::routine: {
      // GRANT knows aggregates as functions, and has no `*` for no arguments
      const std::string& arguments = target.names.back();
      return std::string(sql_class == "PROCEDURE" ? "PROCEDURE " : "FUNCTION ") +
             quote_qualified(target.names[0], target.names[1]) + "(" + (arguments == "*" ? "" : arguments) + ")";
    }
    default:
      return std::string(sql_class) + " " + target.kind->address(target);
  }
}

}  // namespace segue::kinds::acl
