// The memory behind sql/tree.h: all nodes of one parsed text in four flat arrays.
//
// Used inside sql/ only. Never copies a node out: Node is an index into it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sql/tree.h"

namespace segue::sql {

class Tree {
 public:
  enum class Kind : std::uint8_t { structure, list, string, number, boolean };
  using Index = std::uint32_t;
  using Name = std::uint16_t;

  /// A node's children are `count` consecutive entries of children() from `first`; a string's bytes are those of
  /// strings() from `first`; a number or boolean is `value`.
  struct Record {
    Kind kind = Kind::structure;
    Name type = 0;   ///< of a tagged node
    Name field = 0;  ///< the field of the parent in which it stands
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::int64_t value = 0;
  };

  const Record& at(Index index) const { return records_[index]; }
  Record& at(Index index) { return records_[index]; }
  Index child(const Record& record, std::size_t i) const { return children_[record.first + i]; }
  std::string_view string(const Record& record) const {
    return std::string_view(strings_).substr(record.first, record.count);
  }
  /// The names of nodes and fields are the same in all trees: PostgreSQL's grammar has some two thousand.
  static Name intern(std::string_view name);
  static std::string_view name(Name id) { return names_[id]; }
  std::size_t size() const { return records_.size(); }

  /// A node that a view shows.
  static Index index_of(const Node& node) { return node.index_; }
  /// The view of a node.
  Node node(Index index) const { return {this, index}; }

  // Building: nodes are made after their children.
  Index add_composite(Kind kind, const Index* children, std::size_t count);
  Index add_string(std::string_view text);
  Index add_scalar(Kind kind, std::int64_t value);
  /// Gives a structure one more field.
  void add_field(Index structure, Name field, Index child);
  /// Puts another node in a child's place.
  void replace_child(const Record& record, std::size_t i, Index child) { children_[record.first + i] = child; }

 private:
  std::vector<Record> records_;
  std::vector<Index> children_;
  std::string strings_;

  class Vocabulary;
  static std::array<std::string_view, 8192> names_;  ///< of the vocabulary, by id
};

/// How deep the JSON of a tree may nest. A level of an expression costs two or three; the server itself gives up at
/// some thousand operators in a row (max_stack_depth), and so every recursion of ours stays far from the end of a
/// stack.
inline constexpr int max_json_depth = 1500;

/// Adds the statements of one text to `tree` as libpg_query's JSON tells them; locations are moved by `shift` bytes.
struct RawStatement {
  Tree::Index node = 0;
  int location = 0;
  int length = 0;  ///< 0: to the end
};
enum class ReadJson { done, malformed, too_deep };
ReadJson read_json(Tree& tree, std::string_view json, int shift, std::vector<RawStatement>& statements);

}  // namespace segue::sql
