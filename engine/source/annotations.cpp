#include "source/annotations.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "model/kind.h"
#include "sql/lexer.h"
#include "sql/value_type.h"

namespace segue::source {
namespace {

using model::Object;

constexpr std::string_view words[] = {"@renamed", "@using", "@backfill", "@ignore", "@allow"};

/// The annotation's word and what stands behind it; nothing where the comment is an ordinary one.
struct Annotation {
  std::string_view word;
  std::string_view text;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

std::optional<Annotation> annotation_of(const sql::Comment& comment) {
  const std::string_view text = comment.text;
  for (const std::string_view word : words) {
    if (text.substr(0, word.size()) != word) continue;
    const std::string_view rest = text.substr(word.size());
    const bool ends = rest.empty() || rest.front() == ' ' || rest.front() == '\t' || rest.front() == ':';
    if (ends) return Annotation{word, trimmed(rest.substr(!rest.empty() && rest.front() == ':' ? 1 : 0))};
  }
  return std::nullopt;
}

/// The objects that a script made, by the line on which each begins.
class Objects {
 public:
  Objects(const sql::Script& script, model::Schema& schema) : script_(script) {
    for (Object& object : schema.objects()) {
      if (object.origin.file == script.file()) by_line_[object.origin.line].push_back(&object);
    }
  }

  Object* spoken_of(const sql::Comment& comment) const {
    const sql::Statement* around = statement_around(comment.begin);
    if (around != nullptr) {
      const int line = script_.locate(comment.begin).line;
      return comment.ends_line_of_code ? last_part(by_line_.find(line)) : first_part(by_line_.upper_bound(line));
    }
    const sql::Statement* statement = comment.ends_line_of_code ? last_before(comment.begin) : first_from(comment.end);
    if (statement == nullptr) return nullptr;
    const auto found = by_line_.lower_bound(script_.locate(statement->begin).line);
    const bool is_its = found != by_line_.end() && found->first <= script_.locate(statement->end).line;
    return is_its ? found->second.front() : nullptr;
  }

 private:
  using Lines = std::map<int, std::vector<Object*>>;

  static bool is_part(const Object* object) { return object->kind->inline_form != nullptr; }
  static bool holds_parts(const Object* object) { return is_part(object) && object->kind->holds_rows; }

  /// Of what begins on a line within a statement, the part that holds the others.
  template <class Iterator>
  static Object* part_among(Iterator begin, Iterator end) {
    const auto column = std::find_if(begin, end, holds_parts);
    if (column != end) return *column;
    const auto part = std::find_if(begin, end, is_part);
    return part != end ? *part : nullptr;
  }

  /// What stands on the line above speaks of what comes first, what stands behind of what came last.
  Object* first_part(Lines::const_iterator line) const {
    if (line == by_line_.end()) return nullptr;
    Object* part = part_among(line->second.begin(), line->second.end());
    return part != nullptr ? part : line->second.front();
  }
  Object* last_part(Lines::const_iterator line) const {
    if (line == by_line_.end()) return nullptr;
    Object* part = part_among(line->second.rbegin(), line->second.rend());
    return part != nullptr ? part : line->second.front();
  }

  const sql::Statement* statement_around(int offset) const {
    for (const sql::Statement& statement : script_.statements()) {
      if (statement.begin <= offset && offset < statement.end) return &statement;
    }
    return nullptr;
  }

  const sql::Statement* last_before(int offset) const {
    const sql::Statement* last = nullptr;
    for (const sql::Statement& statement : script_.statements()) {
      if (statement.end <= offset) last = &statement;
    }
    return last;
  }

  const sql::Statement* first_from(int offset) const {
    for (const sql::Statement& statement : script_.statements()) {
      if (statement.begin >= offset) return &statement;
    }
    return nullptr;
  }

  const sql::Script& script_;
  Lines by_line_;
};

Diagnostic error_at(const Location& where, const std::string& what, const std::string& hint) {
  Diagnostic error = Diagnostic::error(ErrorCode::invalid, what, hint);
  error.where = where;
  return error;
}

/// `from=old` or `from old`, with or without the schema.
std::vector<std::string> names_before(const Object& object, std::string_view text) {
  constexpr std::string_view from = "from";
  if (text.substr(0, from.size()) != from) return {};
  text = trimmed(text.substr(from.size()));
  if (!text.empty() && text.front() == '=') text = trimmed(text.substr(1));
  const auto given = sql::split_name(text);
  std::vector<std::string> names = object.names;
  const std::size_t last = names.size() - (object.kind->signature ? 2 : 1);
  if (!given || given->empty() || given->size() > 2 || (given->size() == 2 && last != 1)) return {};
  names[last] = given->back();
  if (given->size() == 2) names[0] = given->front();
  return names;
}

std::vector<std::string> hazards_in(std::string_view text) {
  std::vector<std::string> hazards;
  for (const sql::Token& token : sql::tokens(text)) {
    if (token.kind == sql::TokenKind::word) hazards.emplace_back(token.text);
  }
  return hazards;
}

/// Sets the attribute that a kind has for the annotation: `using` for @using.
bool set_value(const Annotation& annotation, const std::string& search_path, Object& object) {
  for (std::size_t i = 0; i < object.kind->attributes.size(); ++i) {
    if (object.kind->attributes[i].name != annotation.word.substr(1)) continue;
    object[i] = model::Definition{std::string(annotation.text), search_path};
    return true;
  }
  return false;
}

}  // namespace

void read_annotations(const sql::Script& script, const PathsInForce& paths, model::Schema& schema,
                      Annotations& annotations, Diagnostics& errors) {
  std::optional<Objects> objects;
  for (const sql::Comment& comment : script.comments()) {
    const auto annotation = annotation_of(comment);
    if (!annotation) continue;
    if (!objects) objects.emplace(script, schema);
    const Location where = script.locate(comment.begin);
    const std::string word(annotation->word);
    Object* object = objects->spoken_of(comment);
    if (object == nullptr) {
      errors.push_back(error_at(where, "the annotation " + word + " fits nothing",
                                "put it right before what it speaks of, or at the end of a line of it"));
    } else if (word == "@ignore") {
      annotations.ignored.insert(object->key);
    } else if (word == "@allow") {
      std::vector<std::string> hazards = hazards_in(annotation->text);
      if (hazards.empty()) errors.push_back(error_at(where, "@allow names no hazard", "write -- @allow DELETES_DATA"));
      annotations.allowed[object->key] = std::move(hazards);
    } else if (word == "@renamed") {
      std::vector<std::string> names = names_before(*object, annotation->text);
      if (names.empty())
        errors.push_back(error_at(where, "@renamed does not say which name " + object->key + " had",
                                  "write -- @renamed from=old_name"));
      else
        annotations.renamings.push_back({object->key, std::move(names), where});
    } else if (annotation->text.empty() ||
               !set_value(*annotation, std::prev(paths.upper_bound(comment.begin))->second, *object)) {
      errors.push_back(error_at(where,
                                word +
                                    (annotation->text.empty() ? " holds no expression" : " is for columns, not for ") +
                                    (annotation->text.empty() ? "" : object->key),
                                "write it before a column: -- " + word + " expression"));
    }
  }
}

}  // namespace segue::source
