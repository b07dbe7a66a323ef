#include "scope.h"

#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/others.h"
#include "model/whole.h"

namespace segue {
namespace {

using model::is_aspect;
using model::Object;

/// * stands for any text, ? for one character.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, back = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      back = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++back;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string shown_name(const Object& object) {
  if (object.kind == &kinds::initial_privileges) return object.text(model::attribute(*object.kind, "of"));
  if (object.names.size() < 2) return quote_identifier(object.names[0]);
  const bool is_part = object.names.size() > 2 && object.kind->name_space == model::NameSpace::of_parent;
  return quote_qualified(object.names[0], object.names[1]) + (is_part ? "." + quote_identifier(object.name()) : "");
}

void remove_all(model::Schema& schema, const std::vector<std::string>& keys) {
  for (const std::string& key : keys) schema.remove(key);
}

/// Copies of these objects and of all that goes with them.
std::vector<Object> with_parts(const model::Schema& schema, std::vector<std::string> keys) {
  std::vector<Object> found;
  std::set<std::string> known(keys.begin(), keys.end());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Object* object = schema.find(keys[i]);
    if (object == nullptr) continue;
    found.push_back(*object);
    for (const Object* part : schema.children(object->key)) {
      if (known.insert(part->key).second) keys.push_back(part->key);
    }
  }
  return found;
}

/// Followers, and the schemas that hold them.
std::set<std::string> with_homes(const std::vector<std::string>& followers, const model::Schema& live) {
  std::set<std::string> keys(followers.begin(), followers.end());
  for (const std::string& key : followers) keys.insert(live.find(key)->parent);
  return keys;
}

template <class Condition>
std::vector<std::string> keys_where(const model::Schema& schema, const Condition& condition) {
  std::vector<std::string> keys;
  for (const Object& object : schema.objects()) {
    if (condition(object)) keys.push_back(object.key);
  }
  return keys;
}

}  // namespace

namespace {

/// A pattern without a dot is over the last of the names alone.
bool matches_name(std::string_view pattern, std::string_view name) {
  const auto dot = pattern.find('.') == std::string_view::npos ? name.rfind('.') : std::string_view::npos;
  return matches(pattern, dot == std::string_view::npos ? name : name.substr(dot + 1));
}

/// The kind that a pattern begins with, which then is over what is behind it; null where it begins with none.
const model::Kind* kind_of(std::string_view& pattern) {
  for (const model::Kind* kind : kinds::all()) {
    const std::string_view name = kind->name;
    if (pattern.size() <= name.size() || pattern.substr(0, name.size()) != name || pattern[name.size()] != ' ')
      continue;
    pattern.remove_prefix(name.size() + 1);
    return kind;
  }
  return nullptr;
}

/// The object itself, or what it is a part of.
bool fits(std::string_view pattern, const Object& object, const model::Schema& schema) {
  const model::Kind* kind = kind_of(pattern);
  if (kind == nullptr) return matches_name(pattern, shown_name(model::whole_of(object, schema)));
  for (const Object* at = &object; at != nullptr; at = at->parent.empty() ? nullptr : schema.find(at->parent)) {
    if (at->kind == kind && matches_name(pattern, shown_name(*at))) return true;
  }
  return false;
}

}  // namespace

bool is_excluded(const std::string& qualified_name, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
    return kind_of(pattern) == nullptr && matches_name(pattern, qualified_name);
  });
}

bool is_excluded(const Object& object, const model::Schema& schema, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](std::string_view pattern) { return fits(pattern, object, schema); });
}

bool may_be_left_alone(const model::Kind& kind, const PlanRequest& request) {
  const bool is_aspect = kind.name_space == model::NameSpace::of_target || kind.name == "default privileges";
  return is_aspect && request.scope != "all";
}

bool is_left_alone(const model::Kind& kind, const PlanRequest& request, const source::Desired& desired) {
  return may_be_left_alone(kind, request) && desired.mentioned_aspects.count(std::string(kind.name)) == 0;
}

std::vector<Object> leave_alone(const PlanRequest& request, Unmentioned unmentioned, source::Desired& desired,
                                model::Schema& live, plan::Body& body) {
  std::vector<Object> outsiders;
  for (model::Schema* schema : {&desired.schema, &live}) {
    std::vector<std::string> keys(desired.annotations.ignored.begin(), desired.annotations.ignored.end());
    for (std::string& key :
         keys_where(*schema, [&](const Object& object) { return is_excluded(object, *schema, request.exclude); }))
      keys.push_back(std::move(key));
    if (schema == &live) outsiders = with_parts(live, keys);
    remove_all(*schema, keys);
  }
  body.manages = keys_where(desired.schema,
                            [](const Object& object) { return model::is_top_level(object) && !is_aspect(object); });
  std::sort(body.manages.begin(), body.manages.end());
  std::set<const model::Kind*> without;
  for (const model::Kind* kind : kinds::all()) {
    if (!is_left_alone(*kind, request, desired)) continue;
    without.insert(kind);
    body.left_alone.emplace_back(kind->name);
  }
  const auto left_alone = [&](const Object& object) { return without.count(object.kind) != 0; };
  remove_all(desired.schema, keys_where(desired.schema, left_alone));
  if (unmentioned == Unmentioned::left_out) remove_all(live, keys_where(live, left_alone));
  return outsiders;
}

namespace {

void keep_state(const Object& live, model::Schema& desired) {
  const auto& attributes = live.kind->attributes;
  const auto is_state = [](const model::Attribute& attribute) { return attribute.is_state; };
  if (std::none_of(attributes.begin(), attributes.end(), is_state)) return;
  Object* wanted = desired.find(live.key);
  if (wanted == nullptr) return;
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    if (attributes[i].is_state) (*wanted)[i] = live[i];
  }
}

/// The file says how an extension's member comes, by its default privileges, where it says nothing else of it.
void keep_members_as_they_come(const model::Schema& live, int server_version, source::Desired& desired) {
  for (const Object& object : live.objects()) {
    const bool is_open = desired.schema.contains(object.parent) && desired.spoken_of.count(object.key) == 0;
    if (is_open && kinds::is_as_member_comes(object, desired.schema, server_version)) desired.schema.add(object);
  }
}

}  // namespace

void keep_as_it_is(const plan::Body& body, const model::Schema& live, model::Schema& desired) {
  const std::set<std::string_view> kinds(body.left_alone.begin(), body.left_alone.end());
  for (const Object& object : live.objects()) {
    const bool stays = object.parent.empty() || desired.contains(object.parent);
    if (kinds.count(object.kind->name) != 0 && stays) desired.add(object);
    keep_state(object, desired);
  }
}

NotOurs leave_others(const PlanRequest& request, const std::set<std::string>& managed, int server_version,
                     source::Desired& desired, model::Schema& live) {
  if (request.scope == "all") {
    keep_members_as_they_come(live, server_version, desired);
    return {};
  }
  std::vector<std::string> not_ours = keys_where(live, [&](const Object& object) {
    const bool adopted = request.adopt && object.names.size() >= 2 && desired.created_in.count(object.names[0]) != 0;
    return model::is_top_level(object) && !is_aspect(object) && !adopted && managed.count(object.key) == 0 &&
           !desired.schema.contains(object.key);
  });
  // the baseline's own objects are nothing that the file speaks of: they are not made where they are absent
  remove_all(desired.schema, keys_where(desired.schema, [&](const Object& object) {
               return object.origin.file.empty() && model::is_top_level(object) && !live.contains(object.key) &&
                      desired.created_in.count(object.names[0]) == 0 && !is_aspect(object);
             }));
  NotOurs others{static_cast<std::int64_t>(not_ours.size()), {}, {}};
  const std::set<std::string> keys(not_ours.begin(), not_ours.end());
  others.followers = source::tables_below(desired.schema, live);
  std::erase_if(others.followers, [&](const std::string& key) { return keys.count(key) == 0; });
  const std::set<std::string> stay = with_homes(others.followers, live);
  std::erase_if(not_ours, [&](const std::string& key) { return stay.count(key) != 0; });
  others.outsiders = with_parts(live, not_ours);
  remove_all(live, not_ours);
  // what the system's objects and an extension's members have is managed only where the file speaks of them
  for (const Object& object : live.objects()) {
    const bool stays = object.parent.empty() || desired.schema.contains(object.parent);
    if (object.kind == &kinds::initial_privileges && stays && desired.spoken_of.count(object.key) == 0)
      desired.schema.add(object);
  }
  return others;
}

}  // namespace segue
