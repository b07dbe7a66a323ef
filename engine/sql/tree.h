// A parse tree of libpg_query, read through views: the only shape in which the rest of the engine sees SQL.
//
// Made by sql/script.h; read by source/, kinds/ and sql/canonical.h. A view never owns: it is valid while its Tree is.
// Field and node names are PostgreSQL's own (nodes/parsenodes.h), as libpg_query writes them to JSON; where its majors
// differ, this fence presents the newest shape (version_compat.cpp): a constant is A_Const with a field ival, fval,
// sval, boolval or bsval, which is an Integer, Float, String, Boolean or BitString node, or with isnull; negative
// integers, which libpg_query 15 loses, have their value; PartitionSpec.strategy is PARTITION_STRATEGY_LIST and so on;
// GrantRoleStmt has `opt`; AlterTableStmt and CreateTableAsStmt have `objtype`. libpg_query leaves out what is 0, false
// or NULL (a location of 0 as well, so that it reads as -1); an `ival` that is there without a value is 0.
#pragma once

#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace segue::sql {

class Tree;
class List;

/// A node, a struct without a tag, a list or a scalar of the tree; or nothing (then every accessor yields its empty
/// value, so that optional fields read without tests).
class Node {
 public:
  Node() = default;
  explicit operator bool() const { return tree_ != nullptr; }

  /// "CreateStmt", "A_Const" …; "" for a struct without a tag (a RangeVar in `relation`), a list or a scalar.
  std::string_view type() const;
  bool is(std::string_view type_name) const { return type() == type_name; }

  /// The field, or nothing. Scalars false, 0, "" and NULL are left out by libpg_query and so are nothing here.
  Node operator[](std::string_view field) const;
  bool has(std::string_view field) const { return static_cast<bool>((*this)[field]); }
  std::string_view text(std::string_view field) const { return (*this)[field].text(); }
  std::int64_t number(std::string_view field) const { return (*this)[field].number(); }
  bool flag(std::string_view field) const { return (*this)[field].flag(); }
  List list(std::string_view field) const;

  std::string_view text() const;  ///< a string or enum scalar; for a String node its sval
  std::int64_t number() const;    ///< a number scalar; for an Integer node its ival
  bool flag() const;              ///< a boolean scalar; for a Boolean node its boolval
  bool is_list() const;
  List items() const;  ///< of a list; for a List node its items

  /// Byte offset in the text that was parsed, or -1.
  int location() const;
  /// The smallest location in this subtree, or -1.
  int first_location() const;

  /// The fields of a node in the order in which libpg_query prints them.
  std::size_t field_count() const;
  std::string_view field_name(std::size_t i) const;
  Node field(std::size_t i) const;

  friend bool operator==(const Node& a, const Node& b) { return a.tree_ == b.tree_ && a.index_ == b.index_; }

 private:
  friend class Tree;
  friend class List;
  Node(const Tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}
  const Tree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

/// The elements of a list, for range-for and by position.
class List {
 public:
  class Iterator {
   public:
    using value_type = Node;
    using difference_type = std::ptrdiff_t;
    using reference = Node;
    using pointer = void;
    using iterator_category = std::input_iterator_tag;
    Node operator*() const { return (*list_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    friend class List;
    Iterator(const List* list, std::size_t at) : list_(list), at_(at) {}
    const List* list_;
    std::size_t at_;
  };
  List() = default;
  static List of(Node one) { return {one, true}; }
  std::size_t size() const;
  bool empty() const { return size() == 0; }
  Node operator[](std::size_t i) const;
  Node front() const { return (*this)[0]; }
  Node back() const { return (*this)[size() - 1]; }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  friend class Node;
  List(Node list, bool is_alone) : list_(list), is_alone_(is_alone) {}
  Node list_;
  bool is_alone_ = false;  ///< the node is the one element
};

/// Strings of a list of String nodes: a qualified name (`names`, `funcname`, `fields` …).
std::vector<std::string> strings(const List& list);

}  // namespace segue::sql
