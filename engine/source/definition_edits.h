// Pieces of a definition's text to replace, found by its tree.
//
// Used where a statement of the file reaches into definitions that stand: source/rename.cpp, source/stars.cpp. Works on
// the bytes of one text; never resolves a name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/object.h"
#include "sql/lexer.h"
#include "sql/script.h"

namespace segue::source {

/// A definition's tree, and the offset between its locations and the definition's own bytes.
struct Parsed {
  sql::Fragment fragment;
  int offset = 0;
};

/// Nothing where the definition is no SQL, or cannot be read alone.
std::optional<Parsed> parsed_definition(const model::Object& object, std::size_t attribute);

template <class Visit>
void each_node(const sql::Node& node, const Visit& visit) {
  if (!node) return;
  visit(node);
  for (const sql::Node item : node.items()) each_node(item, visit);
  if (node.is_list() || node.is("List")) return;
  for (std::size_t i = 0; i < node.field_count(); ++i) each_node(node.field(i), visit);
}

class Edits {
 public:
  explicit Edits(const std::string& text) : text_(text), tokens_(sql::tokens(text)) {}

  /// The name of `parts` tokens with dots between them that begins at `begin`, or a literal that holds it.
  void replace_name(int begin, std::size_t parts, const std::string& by);
  /// One part of such a name.
  void replace_part(int begin, std::size_t part, const std::string& by);
  /// A field of a value: behind a parenthesis or a subscript and a dot.
  void replace_field(const std::string& name, const std::string& by);
  /// The nearest such word before that place.
  void replace_word_before(int begin, std::string_view word, const std::string& by);
  bool empty() const { return edits_.empty(); }

  std::string applied();

 private:
  struct Edit {
    std::size_t begin;
    std::size_t end;
    std::string by;
  };

  std::size_t token_at(int begin) const;
  void add(std::size_t first, std::size_t last, const std::string& by);

  const std::string& text_;
  std::vector<sql::Token> tokens_;
  std::vector<Edit> edits_;
};

}  // namespace segue::source
