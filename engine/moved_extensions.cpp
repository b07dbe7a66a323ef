#include "moved_extensions.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "source/definition_text.h"
#include "sql/canonical.h"
#include "sql/canonical_tree.h"
#include "sql/lexer.h"

namespace segue {
namespace {

using model::Object;

/// extension.c AlterExtensionNamespace: all members of an extension that can move are in one schema.
struct Move {
  std::string key;
  std::string from;
  std::string to;
  std::vector<std::string> classed;  ///< "type citext", as the environment has them
  std::set<std::string> names;       ///< "citext", as SQL writes them
};

/// Behind the class in "text search parser p".
std::string name_in(const std::string& classed) {
  static constexpr std::string_view classes[] = {"type ",
                                                 "function ",
                                                 "opclass ",
                                                 "relation ",
                                                 "operator ",
                                                 "text search dictionary ",
                                                 "text search template ",
                                                 "text search parser "};
  for (const std::string_view one : classes) {
    if (classed.rfind(one, 0) != 0) continue;
    const std::string name = classed.substr(one.size());
    return one == "operator " ? name : quote_identifier(name);
  }
  return "";
}

std::optional<Move> move_of(const Object& wanted, const model::Schema& live, const source::Environment& environment) {
  static const std::size_t schema = model::attribute(kinds::extension, "schema");
  static const std::size_t relocatable = model::attribute(kinds::extension, "relocatable");
  const Object* standing = wanted.kind == &kinds::extension ? live.find(wanted.key) : nullptr;
  if (standing == nullptr || !standing->flag(relocatable) || !wanted.has(schema)) return std::nullopt;
  if (standing->text(schema) == wanted.text(schema)) return std::nullopt;
  Move move{wanted.key, standing->text(schema), wanted.text(schema), {}, {}};
  constexpr std::string_view prefix = "extension of ";
  for (const auto& [member, extensions] : environment.schemas_of) {
    if (member.rfind(prefix, 0) != 0) continue;
    if (std::find(extensions.begin(), extensions.end(), wanted.name()) == extensions.end()) continue;
    move.classed.push_back(member.substr(prefix.size()));
    move.names.insert(name_in(move.classed.back()));
  }
  if (move.names.empty()) return std::nullopt;  // nobody said what its members are
  return move;
}

/// The text with the members where they will be; nothing where a literal may name one.
std::optional<std::string> moved(const std::string& text, const Move& move) {
  const std::string from = quote_identifier(move.from);
  const std::vector<sql::Token> tokens = sql::tokens(text);
  std::string made;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == sql::TokenKind::string && tokens[i].text.find(from + ".") != std::string::npos)
      return std::nullopt;
    if (i + 2 >= tokens.size() || tokens[i].text != from || tokens[i + 1].text != ".") continue;
    if (move.names.count(std::string(tokens[i + 2].text)) == 0 || (i > 0 && tokens[i - 1].text == ".")) continue;
    made += text.substr(copied, static_cast<std::size_t>(tokens[i].begin) - copied) + quote_identifier(move.to);
    copied = static_cast<std::size_t>(tokens[i].end);
  }
  return made + text.substr(copied);
}

/// Whether every `schema.` in a definition means the schema: no table or alias of its name stands before a column.
bool means_schema(const std::string& text, model::Grammar grammar, const std::string& schema) {
  const std::string whole = source::parsable(text, grammar);
  const auto fragment = grammar == model::Grammar::expression ? sql::parse_expression(whole)
                        : grammar == model::Grammar::type     ? sql::parse_type(whole)
                                                              : sql::parse_query(whole);
  if (!fragment) return false;
  const std::vector<sql::Mention> mentions = sql::mentions(fragment->node());
  return std::none_of(mentions.begin(), mentions.end(), [&](const sql::Mention& one) {
    return one.object_class == sql::Mention::Class::column &&
           std::find(one.names.begin(), one.names.end(), schema) != one.names.end();
  });
}

std::optional<model::Value> moved(const model::Value& value, const model::Attribute& attribute, const Move& move) {
  if (const auto* text = std::get_if<std::string>(&value)) return moved(*text, move);
  if (const auto* list = std::get_if<model::List>(&value)) {
    model::List made;
    for (const std::string& item : *list) {
      auto one = moved(item, move);
      if (!one) return std::nullopt;
      made.push_back(std::move(*one));
    }
    return made;
  }
  const auto* definition = model::definition_in(value);
  if (definition == nullptr || attribute.grammar == model::Grammar::body) return value;  // the server keeps its text
  auto text = moved(definition->text, move);
  if (!text || *text == definition->text) return text ? std::optional(value) : std::nullopt;
  if (!means_schema(definition->text, attribute.grammar, move.from)) return std::nullopt;
  model::Value made = value;
  model::definition_in(made)->text = std::move(*text);
  return made;
}

/// What a user of the members will be.
struct Follower {
  Object* object;
  std::vector<model::Value> values;
  std::vector<std::string> names;
};

std::optional<Follower> follower(Object& object, const Move& move) {
  Follower made{&object, {}, object.names};
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    auto value = moved(object.values[i], object.kind->attributes[i], move);
    if (!value) return std::nullopt;
    made.values.push_back(std::move(*value));
  }
  // argument types and the types of a cast are part of the name
  const bool around = object.kind == &kinds::cast || object.kind == &kinds::transform;
  if (!object.kind->signature && !around) return made;
  std::string& name = around ? made.names.front() : made.names.back();
  const auto text = moved(name, move);
  if (!text) return std::nullopt;
  name = *text;
  return made;
}

/// Nothing where somebody cannot be followed, or has a name that a member has.
std::optional<std::vector<Follower>> followers(model::Schema& live, const Move& move) {
  std::vector<Follower> found;
  for (Object& object : live.objects()) {
    const bool namesake = object.names.size() > 1 && object.names[0] == move.from &&
                          move.names.count(quote_identifier(object.names[1])) != 0;
    if (namesake && object.kind->name_space != model::NameSpace::of_parent) return std::nullopt;
    if (std::find(object.depends.begin(), object.depends.end(), move.key) == object.depends.end()) continue;
    auto one = follower(object, move);
    if (!one) return std::nullopt;
    found.push_back(std::move(*one));
  }
  return found;
}

void move_members(const Move& move, source::Environment& environment) {
  for (const std::string& member : move.classed) {
    auto& schemas = environment.schemas_of[member];
    std::replace(schemas.begin(), schemas.end(), move.from, move.to);
  }
}

}  // namespace

void read_as_moved(const model::Schema& desired, model::Schema& live, source::Environment& environment,
                   plan::Renames& renames) {
  for (const Object& wanted : desired.objects()) {
    const auto move = move_of(wanted, live, environment);
    auto users = move ? followers(live, *move) : std::nullopt;
    if (!users) continue;
    move_members(*move, environment);
    renames.moved.insert(move->key);
    const auto follow = [&] {
      for (Follower& user : *users) {
        user.object->values = std::move(user.values);
        if (user.names != user.object->names) live.rename(user.object->key, std::move(user.names));
      }
    };
    plan::note(live, follow, renames);
  }
}

}  // namespace segue
