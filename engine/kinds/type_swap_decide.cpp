// Which types are exchanged: what ALTER does not do to a type that columns hold, and what is made from such a type.
#include <algorithm>

#include "base/quote.h"
#include "kinds/conversion_of_values.h"
#include "kinds/kinds.h"
#include "kinds/type_change.h"
#include "kinds/type_swap.h"
#include "kinds/type_swap_parts.h"

namespace segue::kinds {

using model::Object;
using model::Schema;
using model::Sides;

namespace swap_parts {

std::string type_name(const Object& type) { return quote_qualified(type.names[0], type.names[1]); }

const std::string& type_of(const Object& user) { return user.text(model::attribute(*user.kind, "type")); }

bool is_array(std::string_view type) { return type.size() > 2 && type.ends_with("[]"); }

std::string element_of(std::string type) {
  if (is_array(type)) type.resize(type.size() - 2);
  return type;
}

const std::string& multirange_of(const Object& type) {
  static const std::size_t at = model::attribute(range_type, "multirange");
  static const std::string none;
  return type.kind == &range_type && type.has(at) ? type.text(at) : none;
}

bool is_or_holds(const std::string& text, const Object& type) {
  const std::string element = element_of(text);
  return element == type_name(type) || element == multirange_of(type);
}

bool holds(const Object& user, const Object& type) { return is_or_holds(type_of(user), type); }

Sides of(const Sides& sides, const Object* from, const Object* to) {
  Sides other = sides;
  other.from = from;
  other.to = to;
  return other;
}

std::vector<const Object*> attributes_of(const Schema& all, const Object& type) {
  std::vector<const Object*> attributes;
  for (const Object* child : all.children(type.key)) {
    if (child->kind == &composite_attribute) attributes.push_back(child);
  }
  const std::size_t position = model::attribute(composite_attribute, "position");
  std::stable_sort(attributes.begin(), attributes.end(),
                   [&](const Object* a, const Object* b) { return a->number(position) < b->number(position); });
  return attributes;
}

std::string type_of_table(const Object& object) {
  static const std::size_t of_type = model::attribute(table, "of_type");
  return object.kind == &table && object.has(of_type) ? object.text(of_type) : "";
}

bool holds_on(const Sides& user, const Sides& type) {
  const std::string before = element_of(type_of(*user.from));
  const std::string after = element_of(type_of(*user.to));
  if (before == type_name(*type.from)) return after == type_name(*type.to);
  return !before.empty() && before == multirange_of(*type.from) && after == multirange_of(*type.to);
}

bool is_turned(const Sides& user) { return is_array(type_of(*user.from)) != is_array(type_of(*user.to)); }

std::vector<const Object*> checks_to_look_for(const Sides& sides) {
  static const std::size_t validated = model::attribute(domain_constraint, "validated");
  std::vector<const Object*> found;
  for (const Object* check : sides.to_schema->children(sides.to->key)) {
    if (check->kind != &domain_constraint || !check->flag(validated)) continue;
    const Object* before = sides.from_schema->find(check->key);
    if (before == nullptr || before->values != check->values) found.push_back(check);
  }
  std::sort(found.begin(), found.end(), [](const Object* a, const Object* b) { return a->key < b->key; });
  return found;
}

bool is_type(const Object& object) { return object.kind->name_space == model::NameSpace::type; }

namespace {

/// What ALTER TYPE can make of the old order: attributes are dropped where they stand and added at the end.
bool can_reach_order(const Sides& sides) {
  std::vector<std::string> reached;
  std::vector<std::string> wanted;
  for (const Object* before : attributes_of(*sides.from_schema, *sides.from)) {
    if (sides.to_schema->contains(before->key)) reached.push_back(before->key);
  }
  for (const Object* after : attributes_of(*sides.to_schema, *sides.to)) {
    if (!sides.from_schema->contains(after->key)) reached.push_back(after->key);
    wanted.push_back(after->key);
  }
  return reached == wanted;
}

bool is_of_typed_table(const Schema& all, const std::string& type) {
  return std::any_of(all.objects().begin(), all.objects().end(),
                     [&](const Object& one) { return type_of_table(one) == type; });
}

/// The types that an object is made from: its own dependencies and those of a composite type's attributes.
bool is_made_from(const Schema& all, const Object& object, const std::string& type_key) {
  const auto names = [&](const Object& one) {
    return std::find(one.depends.begin(), one.depends.end(), type_key) != one.depends.end();
  };
  if (names(object)) return true;
  const auto children = all.children(object.key);
  return std::any_of(children.begin(), children.end(),
                     [&](const Object* child) { return child->kind == &composite_attribute && names(*child); });
}

}  // namespace

bool is_kept(const Sides& type, const Object& attribute) {
  const Object* before = type.from_schema->find(attribute.key);
  const Object* after = type.to_schema->find(attribute.key);
  return before != nullptr && after != nullptr &&
         is_castable({type_of(*before), type_of(*after), *type.from_schema, *type.to_schema});
}

bool is_held(const Schema& all, const Object& type) {
  if (!tables_using(all, type).empty()) return true;
  return std::any_of(all.objects().begin(), all.objects().end(), [&](const Object& other) {
    return &other != &type && is_type(other) && is_made_from(all, other, type.key) && is_held(all, other);
  });
}

namespace {

/// tablecmds.c find_composite_type_dependencies: an attribute's type is fixed while a column holds the type; and
/// ALTER TYPE … CASCADE has no USING for the typed tables.
bool row_must_be_exchanged(const Sides& sides) {
  static const std::size_t type = model::attribute(composite_attribute, "type");
  static const std::size_t collation = model::attribute(composite_attribute, "collation");
  const bool is_typed = is_of_typed_table(*sides.from_schema, type_name(*sides.from));
  if (!can_reach_order(sides)) return !is_typed;
  const bool held = is_held(*sides.from_schema, *sides.from);
  for (const Object* before : attributes_of(*sides.from_schema, *sides.from)) {
    const Object* after = sides.to_schema->find(before->key);
    if (after == nullptr) continue;
    if (held && ((*before)[type] != (*after)[type] || (*before)[collation] != (*after)[collation])) return true;
    if (is_typed && !converts_by_itself(before->text(type), after->text(type))) return true;
  }
  return false;
}

/// An attribute that stands in the way of dependents and is altered is altered by an exchange.
bool has_exchanging_attribute(const Sides& sides) {
  const auto& attributes = sides.from->kind->attributes;
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    if (!attributes[i].disturbs_dependents || (*sides.from)[i] == (*sides.to)[i]) continue;
    if (attributes[i].decide == nullptr || attributes[i].decide(sides) == model::Change::alter) return true;
  }
  return false;
}

bool must_be_exchanged(const Sides& sides) {
  if (sides.from == nullptr || sides.to == nullptr || sides.from->kind != sides.to->kind) return false;
  if (sides.from->kind == &composite_type) return row_must_be_exchanged(sides);
  if (has_exchanging_attribute(sides)) return true;
  return sides.from->kind == &domain && !checks_to_look_for(sides).empty() &&
         is_held_inside(*sides.from_schema, *sides.from);
}

/// Every type behind those that it is made from; types cannot be made from each other in a circle.
std::vector<Sides> in_order_of_creation(std::vector<Sides> types) {
  std::vector<Sides> ordered;
  while (!types.empty()) {
    const auto next = std::find_if(types.begin(), types.end(), [&](const Sides& one) {
      return std::none_of(types.begin(), types.end(), [&](const Sides& other) {
        return other.to != one.to && is_made_from(*one.to_schema, *one.to, other.to->key);
      });
    });
    if (next == types.end()) break;
    ordered.push_back(*next);
    types.erase(next);
  }
  ordered.insert(ordered.end(), types.begin(), types.end());
  return ordered;
}

}  // namespace

std::vector<Sides> exchanged_with(const Sides& sides) {
  std::vector<Sides> found = {sides};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::string base = found[i].from->key;
    for (const Object& object : sides.from_schema->objects()) {
      if (!is_type(object) || !is_made_from(*sides.from_schema, object, base)) continue;
      const Object* after = sides.to_schema->find(object.key);
      const bool known = std::any_of(found.begin(), found.end(), [&](const Sides& one) { return one.from == &object; });
      if (after == nullptr || known || !is_made_from(*sides.to_schema, *after, base)) continue;
      found.push_back(of(sides, &object, after));
    }
  }
  return in_order_of_creation(std::move(found));
}

}  // namespace swap_parts

bool is_in_partition_key(const Schema& all, const Object& type) {
  return std::any_of(all.objects().begin(), all.objects().end(), [&](const Object& other) {
    if (other.kind == &column) return swap_parts::holds(other, type) && is_partition_key(all, other);
    return &other != &type && swap_parts::is_type(other) && swap_parts::is_made_from(all, other, type.key) &&
           is_in_partition_key(all, other);
  });
}

using swap_parts::attributes_of;
using swap_parts::checks_to_look_for;
using swap_parts::element_of;
using swap_parts::exchanged_with;
using swap_parts::has_exchanging_attribute;
using swap_parts::holds;
using swap_parts::holds_on;
using swap_parts::is_array;
using swap_parts::is_held;
using swap_parts::is_kept;
using swap_parts::is_made_from;
using swap_parts::is_or_holds;
using swap_parts::is_type;
using swap_parts::must_be_exchanged;
using swap_parts::of;
using swap_parts::type_of;

bool is_exchanged(const Sides& sides, std::string_view type_key) {
  if (sides.from_schema == nullptr || sides.to_schema == nullptr) return false;
  const Object* before = sides.from_schema->find(type_key);
  const Object* after = sides.to_schema->find(type_key);
  if (before == nullptr || after == nullptr || !is_type(*before)) return false;
  if (must_be_exchanged(of(sides, before, after))) return true;
  for (const Object& object : sides.from_schema->objects()) {
    if (!is_type(object) || &object == before) continue;
    const Sides base = of(sides, &object, sides.to_schema->find(object.key));
    if (!must_be_exchanged(base)) continue;
    const auto all = exchanged_with(base);
    if (std::any_of(all.begin(), all.end(), [&](const Sides& one) { return one.from == before; })) return true;
  }
  return false;
}

namespace {

/// Of what columns hold of the type, and of those exchanged along with it.
template <class Tells>
bool any_attribute_exchanged(const Sides& sides, const Object& type, const Tells& tells) {
  const Object* before = sides.from_schema->find(type.key);
  const Object* after = sides.to_schema->find(type.key);
  if (before == nullptr || after == nullptr || !is_held(*sides.from_schema, *before)) return false;
  const std::vector<Sides> all = exchanged_with(of(sides, before, after));
  return std::any_of(all.begin(), all.end(), [&](const Sides& one) {
    const auto attributes = attributes_of(*one.from_schema, *one.from);
    return std::any_of(attributes.begin(), attributes.end(),
                       [&](const Object* attribute) { return tells(one, *attribute); });
  });
}

}  // namespace

bool is_held_inside(const Schema& all, const Object& type) {
  return std::any_of(all.objects().begin(), all.objects().end(), [&](const Object& other) {
    if (other.kind == &column) return is_array(type_of(other)) && holds(other, type);
    if (!is_type(other) || !is_made_from(all, other, type.key)) return false;
    const bool is_plain = other.kind == &domain && !is_array(type_of(other));
    return is_plain ? is_held_inside(all, other) : is_held(all, other);
  });
}

namespace {

/// How many columns that hold the domain have an expression of the file for it, and how many have none.
std::pair<int, int> with_and_without_expression(const Sides& domain_sides) {
  std::pair<int, int> counts;
  for (const Object& user : domain_sides.from_schema->objects()) {
    if (user.kind != &column || !holds(user, *domain_sides.from)) continue;
    const Object* after = domain_sides.to_schema->find(user.key);
    if (after != nullptr) ++(after->has(model::attribute(column, "using")) ? counts.first : counts.second);
  }
  return counts;
}

}  // namespace

bool values_change(const Sides& domain_sides) {
  return is_held(*domain_sides.from_schema, *domain_sides.from) &&
         (with_and_without_expression(domain_sides).first > 0 ||
          may_change_values(type_of(*domain_sides.from), type_of(*domain_sides.to)));
}

bool values_follow(const Sides& domain_sides) {
  const Schema& before = *domain_sides.from_schema;
  const Object& from = *domain_sides.from;
  if (!is_held(before, from)) return true;
  const bool held_inside = is_held_inside(before, from);
  if (!held_inside && with_and_without_expression(domain_sides).second == 0) return true;
  const std::string& old_base = type_of(from);
  const std::string& new_base = type_of(*domain_sides.to);
  if (held_inside && is_array(old_base) != is_array(new_base)) return false;
  return is_castable({old_base, new_base, before, *domain_sides.to_schema});
}

bool is_turned_by_exchange(const Sides& user) {
  if (type_of(*user.from) == type_of(*user.to)) return false;
  return std::any_of(user.from->depends.begin(), user.from->depends.end(), [&](const std::string& key) {
    const Object* before = user.from_schema->find(key);
    const Object* after = user.to_schema->find(key);
    return before != nullptr && after != nullptr && is_type(*before) && holds_on(user, of(user, before, after)) &&
           is_exchanged(user, key);
  });
}

namespace {

/// A type and, of domains, what they are over, from the top down.
std::vector<std::string> layers_of(const Schema& all, std::string type) {
  std::vector<std::string> layers;
  while (!type.empty()) {
    layers.push_back(std::move(type));
    const Object* over = all.find(std::string(domain.name) + " " + element_of(layers.back()));
    if (over == nullptr) break;
    const bool array = is_array(layers.back()) && !is_array(type_of(*over));
    type = type_of(*over) + (array ? "[]" : "");
  }
  return layers;
}

/// Whether both have a layer that is of one exchanged type: that itself, an array of it, or what comes along with it.
bool share_exchanged_layer(const Sides& sides, const Schema& all, const std::string& a, const std::string& b) {
  const std::vector<std::string> of_a = layers_of(all, a);
  const std::vector<std::string> of_b = layers_of(all, b);
  return std::any_of(all.objects().begin(), all.objects().end(), [&](const Object& type) {
    const auto is_of_it = [&](const std::string& layer) { return is_or_holds(layer, type); };
    return is_type(type) && std::any_of(of_a.begin(), of_a.end(), is_of_it) &&
           std::any_of(of_b.begin(), of_b.end(), is_of_it) && is_exchanged(sides, type.key);
  });
}

}  // namespace

Passage passage_of(const Sides& user) {
  const std::string& from = type_of(*user.from);
  const std::string& to = type_of(*user.to);
  if (from == to || element_of(from) == element_of(to)) return Passage::none;
  const bool before = share_exchanged_layer(user, *user.from_schema, from, to);
  const bool behind = share_exchanged_layer(user, *user.to_schema, from, to);
  if (before && behind) return from < to ? Passage::before : Passage::behind;
  return before ? Passage::before : behind ? Passage::behind : Passage::none;
}

bool exchange_loses_attributes(const Sides& sides, const Object& type) {
  return any_attribute_exchanged(sides, type,
                                 [](const Sides& one, const Object& before) { return !is_kept(one, before); });
}

bool exchange_changes_values(const Sides& sides, const Object& type) {
  return any_attribute_exchanged(sides, type, [](const Sides& one, const Object& before) {
    return is_kept(one, before) && may_change_values(type_of(before), type_of(*one.to_schema->find(before.key)));
  });
}

const Object* speaker_of_exchange(const Sides& sides, const Object& type) {
  if (type.kind == &domain) {
    const Sides whole = of(sides, sides.from_schema->find(type.key), &type);
    const std::vector<const Object*> checks = checks_to_look_for(whole);
    return checks.empty() || has_exchanging_attribute(whole) ? nullptr : checks.front();
  }
  const Object* changed = nullptr;
  const Object* added = nullptr;
  for (const Object* after : sides.to_schema->children(type.key)) {
    if (after->kind != &composite_attribute) continue;
    const Object* before = sides.from_schema->find(after->key);
    const Object*& found = before == nullptr ? added : changed;
    if (before != nullptr && before->values == after->values) continue;
    if (found == nullptr || after->key < found->key) found = after;
  }
  return changed != nullptr ? changed : added;
}

}  // namespace segue::kinds
