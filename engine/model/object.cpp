#include "model/object.h"

#include <algorithm>
#include <cstdlib>

#include "base/quote.h"
#include "model/kind.h"

namespace segue::model {
namespace {

const std::string empty_text;
const List empty_list;
const Definition empty_definition;

Value default_of(Type type) {
  switch (type) {
    case Type::boolean:
      return false;
    case Type::list:
      return List{};
    case Type::integer:
    case Type::text:
    case Type::definition:
      return {};
  }
  return {};
}

template <class T>
const T& value_or(const Value& value, const T& fallback) {
  const T* found = std::get_if<T>(&value);
  return found ? *found : fallback;
}

}  // namespace

bool Object::flag(std::size_t attribute) const { return value_or(values[attribute], false); }
std::int64_t Object::number(std::size_t attribute) const { return value_or(values[attribute], std::int64_t{0}); }
const std::string& Object::text(std::size_t attribute) const { return value_or(values[attribute], empty_text); }
const List& Object::list(std::size_t attribute) const { return value_or(values[attribute], empty_list); }
const Definition& Object::definition(std::size_t attribute) const {
  const Definition* found = definition_in(values[attribute]);
  return found ? *found : empty_definition;
}

std::string key_of(const Kind& kind, const std::vector<std::string>& names) {
  std::string key;
  std::size_t size = kind.name.size() + 2;
  for (const std::string& name : names) size += name.size() + 1;
  key.reserve(size);  // enough where nothing is quoted
  key += kind.name;
  const std::size_t plain = kind.signature ? names.size() - 1 : names.size();
  for (std::size_t i = 0; i < plain; ++i) {
    key += i == 0 ? ' ' : '.';
    // a child of any kind (a comment, an owner) is named by its target's key, which is quoted already
    if (kind.name_space == NameSpace::of_target) {
      key += names[i];
    } else {
      append_identifier(key, names[i]);
    }
  }
  if (kind.signature) key += '(' + names.back() + ')';
  return key;
}

Object make_object(const Kind& kind, std::vector<std::string> names, std::string parent) {
  Object object;
  object.kind = &kind;
  object.key = key_of(kind, names);
  object.names = std::move(names);
  object.parent = std::move(parent);
  object.values.reserve(kind.attributes.size());
  for (const Attribute& attribute : kind.attributes) object.values.push_back(default_of(attribute.type));
  return object;
}

std::string to_text(const Value& value) {
  struct Printer {
    std::string operator()(std::monostate) const { return "-"; }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(const std::string& text) const { return "'" + text + "'"; }
    std::string operator()(const List& list) const {
      std::string text = "[";
      for (const std::string& item : list) text += std::to_string(item.size()) + ":" + item + ",";
      return text + "]";
    }
    std::string operator()(const Boxed<Definition>& definition) const {
      return "{" + (*definition).search_path + "|" + (*definition).text + "}";
    }
  };
  return std::visit(Printer{}, value);
}

namespace {

List sorted(const Value& value) {
  List list = value_or(value, empty_list);
  std::sort(list.begin(), list.end());
  return list;
}

}  // namespace

bool same_value(const Attribute& attribute, const Value& a, const Value& b) {
  return a == b || (attribute.unordered && sorted(a) == sorted(b));
}

std::size_t attribute(const Kind& kind, std::string_view name) {
  for (std::size_t i = 0; i < kind.attributes.size(); ++i) {
    if (kind.attributes[i].name == name) return i;
  }
  std::abort();
}

Fragment& Emit::statement(std::string sql, std::string form) {
  Fragment& fragment = fragments_.emplace_back();
  fragment.sql = std::move(sql);
  fragment.form = std::move(form);
  return fragment;
}

Fragment& Emit::alter(std::string head, std::string sub_command, std::string form) {
  Fragment& fragment = statement(std::move(sub_command), std::move(form));
  fragment.head = std::move(head);
  return fragment;
}

}  // namespace segue::model
