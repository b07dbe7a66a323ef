// The walk that makes the canonical form: expressions with their types, queries with what their names stand for.
//
// Used by canonical.cpp alone. Never parses; never fails: what it does not know it writes out field by field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/canonical.h"
#include "sql/tree.h"
#include "sql/value_type.h"

namespace segue::sql {

/// An expression in canonical form. A literal is a constant that has no type yet (parse_type "unknown").
struct Value {
  std::string text;
  ValueType type;
  bool literal = false;
  bool is_null = false;
  std::string raw;              ///< of a literal, its text
  bool exact = false;           ///< the type's modifier is certain, so that a cast to the same type is nothing
  std::vector<Value> elements;  ///< of an ARRAY[…]
  bool is_array_expression = false;
  std::string_view joined_by;      ///< "and" or "or"
  std::vector<std::string> parts;  ///< what is joined
};

struct OutputColumn {
  std::string name;
  ValueType type;
  std::string source = {};  ///< of a relation's column, its own name: its type is looked up when it is asked for
};

/// One entry of a range table.
struct RangeEntry {
  std::string ref;  ///< the name by which its columns are qualified; empty for the home relation of an expression
  std::string schema;
  std::string relation;
  std::vector<OutputColumn> columns;
  bool known = false;  ///< `columns` are all there are
  bool is_home = false;
};

struct CommonTable {
  std::string name;
  std::vector<OutputColumn> columns;
  bool known = false;
};

struct Scope {
  const Scope* outer = nullptr;
  std::vector<RangeEntry> entries;
  std::vector<CommonTable> common_tables;
  std::vector<std::string> merged;  ///< columns of USING, that no single entry owns
};

class Canonicalizer {
 public:
  Canonicalizer(const Names& names, Writer writer) : names_(names), writer_(writer) {}

  Value expression(Node node, const Scope& scope);
  /// From now on notes references to columns that are nowhere (QueryColumns::absent).
  void note_absent_in(std::vector<Mention>& absent, int offset) {
    absent_ = &absent;
    offset_ = offset;
  }

  /// Any node, field by field; nodes with rules of their own inside it by their rules.
  std::string generic(Node node, const Scope& scope);
  /// A SelectStmt; its columns go to `output` where that is given.
  std::string query(Node select, const Scope* outer, std::vector<OutputColumn>* output = nullptr);

  /// A literal becomes a constant of the type; anything else gets the cast that the server would show.
  Value coerce(Value value, const std::string& type) const;
  /// The text of a value that stays as it is.
  static std::string text_of(const Value& value);
  ValueType type_of_column(const std::string& schema, const std::string& relation, std::string_view column) const;
  std::vector<OutputColumn> columns_of(const std::string& schema, const std::string& relation) const;
  ValueType type_of_output(const RangeEntry& entry, const OutputColumn& column) const;
  /// A domain's base type; any other type itself.
  ValueType base_type(const ValueType& type) const;

 private:
  // canonical_expression.cpp
  Value constant(Node node) const;
  Value cast(Value value, const ValueType& type) const;
  Value type_cast(Node node, const Scope& scope);
  Value operation(Node node, const Scope& scope);
  Value binary(const std::vector<std::string>& name, Value left, Value right);
  Value unary(const std::vector<std::string>& name, const Value& operand);
  std::optional<OperatorTypes> operand_types(const std::vector<std::string>& name, const Value& left,
                                             const Value& right) const;
  std::string operator_name(const std::vector<std::string>& name, bool builtin) const;
  Value in_list(Node node, const Scope& scope);
  Value over_array(const std::vector<std::string>& name, Value left, Value array, bool any);
  Value between(Node node, const Scope& scope);
  Value boolean(Node node, const Scope& scope);
  Value joined(std::string_view by, std::vector<Value> values) const;
  Value negated(const Value& value) const;
  Value call(Node node, const Scope& scope);
  Value choice(Node node, const Scope& scope);
  Value unified(std::string_view name, List arguments, const Scope& scope);
  std::string unify(std::vector<Value>& values) const;
  Value array(Node node, const Scope& scope, bool keep_literals = false);
  Value array_of(std::vector<Value> elements, const std::string& element_type) const;
  Value indirection(Node node, const Scope& scope);
  Value sublink(Node node, const Scope& scope);
  Value value_function(Node node) const;

  // canonical_columns.cpp
  Value column(Node node, const Scope& scope) const;
  Value column_of(const RangeEntry& entry, int level, const std::string& name) const;
  void note_absent(Node reference, std::vector<std::string> names) const;
  void tell(const RangeEntry& entry, std::string_view name) const;
  void tell_all(const RangeEntry& entry) const;
  void tell_assigned(Node node);
  void tell_merged(const Scope& scope, std::size_t left, std::size_t right, Node node) const;

  // canonical_query.cpp
  std::string select(Node node, Scope& scope, std::vector<OutputColumn>* output);
  std::string set_operation(Node node, Scope& scope, std::vector<OutputColumn>* output);
  std::string set_tree(Node node, Scope& scope, const std::vector<std::string>& types, std::size_t& arm, bool is_top);
  std::string values_lists(List rows, const Scope& scope, std::vector<OutputColumn>& columns);
  std::string with_clause(Node with, Scope& scope);
  std::string from_item(Node item, Scope& scope);
  std::string function_item(Node item, Scope& scope);
  std::string relation(Node range_var, Scope& scope);
  std::string join(Node node, Scope& scope);
  std::string subquery(Node node, Scope& scope);
  void target(Node node, const Scope& scope, std::vector<Value>& values, std::vector<OutputColumn>& columns);
  std::string grouping(List items, const Scope& scope, const std::vector<Value>& values,
                       const std::vector<OutputColumn>& columns, bool output_first);
  std::string sorting(List items, const Scope& scope, const std::vector<Value>& values,
                      const std::vector<OutputColumn>& columns, bool by_position);
  std::string clauses(Node node, const Scope& scope);
  /// Of ORDER BY, DISTINCT ON and GROUP BY, where a name may be an output column's.
  Value key_expression(Node node, const Scope& scope);

  const Names& names_;
  const Writer writer_;
  // Of the next select(), where it is an arm of a set operation.
  const std::vector<std::string>* arm_types_ = nullptr;
  bool in_set_operation_ = false;
  bool names_matter_ = true;
  // Null where nobody asks.
  std::vector<Mention>* absent_ = nullptr;
  int offset_ = 0;
};

/// Does a column reference stand anywhere in it (contain_vars_of_level)?
bool holds_column(Node node);

/// The name that the server gives to an unnamed column (parse_target.c FigureColname).
std::string figure_column_name(Node expression);

}  // namespace segue::sql
