#include "sql/version_compat.h"

#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sql/scanner.h"

namespace segue::sql {
namespace {

using Index = Tree::Index;
using Name = Tree::Name;
using Record = Tree::Record;

/// Finds and changes fields of nodes by index: what Node does for readers, for this file alone.
class Modernizer {
 public:
  Modernizer(Tree& tree, std::string_view text) : tree_(tree), text_(text) {}

  void record(Index index) {
    if (tree_.at(index).field == partspec_) partition_strategy(index);
    const Name type = tree_.at(index).type;
    if (type == 0) return;
    if (type == a_const_) constant(index);
    if (type == string_ || type == float_ || type == bit_string_) rename_old_value(index, type);
    if (type == alter_table_ || type == create_table_as_) rename(index, relkind_, objtype_);
    if (type == def_elem_) {
      option(index);
      persistence(index);
    }
    if (type == grant_role_) grant_role_options(index);
  }

  /// ALTER TABLE … ALTER c SET STATISTICS -1: the commands' order is the order in the text.
  void statement(const RawStatement& statement) {
    if (tree_.at(statement.node).type != alter_table_) return;
    std::optional<Scanner> scanner;
    for (const Node command : tree_.node(statement.node).list("cmds")) {
      if (command.text("subtype") != "AT_SetStatistics") continue;
      if (!scanner) scanner.emplace(statement_text(statement), static_cast<std::size_t>(statement.location));
      const std::optional<std::int64_t> value = next_statistics(*scanner);
      pending_.push_back({command["def"], value});
    }
    for (const auto& [node, value] : pending_) {
      if (value && *value < 0 && node.is("Integer")) set_integer(tree_.index_of(node), *value);
    }
    pending_.clear();
  }

 private:
  std::optional<Index> field(Index index, Name name) const {
    const Record& record = tree_.at(index);
    if (record.kind != Tree::Kind::structure) return std::nullopt;
    for (std::uint32_t i = 0; i < record.count; ++i) {
      const Index child = tree_.child(record, i);
      if (tree_.at(child).field == name) return child;
    }
    return std::nullopt;
  }

  void rename(Index index, Name from, Name to) {
    if (const auto child = field(index, from)) tree_.at(*child).field = to;
  }

  int location(Index index) const {
    const auto child = field(index, location_);
    return child ? static_cast<int>(tree_.at(*child).value) : -1;
  }

  std::string_view statement_text(const RawStatement& statement) const {
    if (statement.length <= 0) return text_;
    return text_.substr(0, static_cast<std::size_t>(statement.location) + static_cast<std::size_t>(statement.length));
  }

  // 13 and 14 write {"val": {"Integer": …}}; 15 and later {"ival": …} without a tag.
  void constant(Index index) {
    const auto modern = [](Name type) {
      return type == integer_      ? ival_
             : type == float_      ? fval_
             : type == string_     ? sval_
             : type == bit_string_ ? bsval_
                                   : isnull_;
    };
    if (const auto old = field(index, val_)) {
      Record& value = tree_.at(*old);
      value.field = modern(value.type);
      if (value.field == isnull_) {
        value.kind = Tree::Kind::boolean;
        value.type = 0;
        value.value = 1;
      }
    }
    const std::pair<Name, Name> types[] = {
        {ival_, integer_}, {fval_, float_}, {sval_, string_}, {boolval_, boolean_}, {bsval_, bit_string_}};
    for (const auto& [name, type] : types) {
      if (const auto value = field(index, name)) tree_.at(*value).type = type;
    }
    const auto integer = field(index, ival_);
    if (!integer || field(*integer, ival_)) return;
    if (const auto value = negative_at(location(index))) set_integer(*integer, *value);
  }

  // 13 and 14 call the value of a String, Float or BitString "str".
  void rename_old_value(Index index, Name type) {
    rename(index, str_, type == string_ ? sval_ : type == float_ ? fval_ : bsval_);
  }

  // A word as written up to 15, an enum since 16.
  void partition_strategy(Index index) {
    const auto strategy = field(index, strategy_);
    if (!strategy) return;
    const std::string_view word = tree_.string(tree_.at(*strategy));
    const std::string_view name = word == "list"    ? "PARTITION_STRATEGY_LIST"
                                  : word == "range" ? "PARTITION_STRATEGY_RANGE"
                                  : word == "hash"  ? "PARTITION_STRATEGY_HASH"
                                                    : "";
    if (!name.empty()) set_string(*strategy, name);
  }

  void set_string(Index index, std::string_view text) {
    const Record made = tree_.at(tree_.add_string(text));
    tree_.at(index).first = made.first;
    tree_.at(index).count = made.count;
  }

  // admin_opt up to 15, a list of options since 16.
  void grant_role_options(Index index) {
    const auto admin = field(index, admin_opt_);
    if (!admin) return;
    const Index value = tree_.add_scalar(Tree::Kind::boolean, 1);
    tree_.at(value).field = boolval_;
    const Index boolean = tree_.add_composite(Tree::Kind::structure, &value, 1);
    tree_.at(boolean).type = boolean_;
    tree_.at(boolean).field = arg_;
    const Index name = tree_.add_string("admin");
    tree_.at(name).field = defname_;
    const Index fields[] = {name, boolean};
    const Index option = tree_.add_composite(Tree::Kind::structure, fields, 2);
    tree_.at(option).type = def_elem_;
    tree_.add_field(index, opt_, tree_.add_composite(Tree::Kind::list, &option, 1));
  }

  // libpg_query 15 leaves out every Integer that is not above zero (_outInteger): -1 and 0 look alike. An option's
  // value is the first number behind its name.
  /// [NO] CYCLE, where parser.cpp put it in the place of a word that only the newer grammars know.
  void persistence(Index index) {
    const auto name = field(index, defname_);
    if (!name || tree_.string(tree_.at(*name)) != "cycle") return;
    Scanner scanner(text_, static_cast<std::size_t>(std::max(location(index), 0)));
    const auto token = scanner.next();
    const bool unlogged = token && token->is_word("unlogged");
    if (unlogged || (token && token->is_word("logged"))) set_string(*name, unlogged ? "unlogged" : "logged");
  }

  void option(Index index) {
    const auto value = field(index, arg_);
    if (!value || tree_.at(*value).type != integer_ || field(*value, ival_)) return;
    const int begin = location(index);
    if (begin < 0 || static_cast<std::size_t>(begin) >= text_.size()) return;
    Scanner scanner(text_, static_cast<std::size_t>(begin));
    std::optional<Token> before;
    while (auto token = scanner.next()) {
      if (token->kind == TokenKind::comment) continue;
      if (token->kind == TokenKind::number) {
        if (before && before->kind == TokenKind::op && before->text == "-") {
          if (const auto number = value_of(*token)) set_integer(*value, -*number);
        }
        return;
      }
      if (token->is(';') || token->is(',') || token->is(')')) return;
      before = token;
    }
  }

  static std::optional<std::int64_t> value_of(const Token& token) {
    std::string digits;
    for (const char c : token.text) {
      if (c != '_') digits += c;
    }
    int base = 10;
    std::string_view rest = digits;
    if (rest.size() > 2 && rest[0] == '0') {
      const char mark = rest[1];
      base = mark == 'x' || mark == 'X' ? 16 : mark == 'o' || mark == 'O' ? 8 : mark == 'b' || mark == 'B' ? 2 : 10;
      if (base != 10) rest.remove_prefix(2);
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value, base);
    if (error != std::errc() || end != rest.data() + rest.size()) return std::nullopt;
    return value;
  }

  // gram.y doNegate folds the sign into the constant and gives it the place of the first sign; parentheses vanish.
  std::optional<std::int64_t> negative_at(int at) const {
    if (at < 0 || static_cast<std::size_t>(at) >= text_.size() || text_[static_cast<std::size_t>(at)] != '-') {
      return std::nullopt;
    }
    Scanner scanner(text_, static_cast<std::size_t>(at));
    bool negative = false;
    while (auto token = scanner.next()) {
      if (token->kind == TokenKind::comment || token->is('(')) continue;
      if (token->kind == TokenKind::op && token->text == "-") {
        negative = !negative;
        continue;
      }
      if (token->kind != TokenKind::number || !negative) return std::nullopt;
      const auto value = value_of(*token);
      return value ? std::optional(-*value) : std::nullopt;
    }
    return std::nullopt;
  }

  static std::optional<std::int64_t> next_statistics(Scanner& scanner) {
    bool set = false;
    while (auto token = scanner.next()) {
      if (token->kind == TokenKind::comment) continue;
      if (set && token->is_word("statistics")) {
        bool negative = false;
        while (auto next = scanner.next()) {
          if (next->kind == TokenKind::comment) continue;
          if (next->kind == TokenKind::op && next->text == "-") {
            negative = true;
            continue;
          }
          const auto value = next->kind == TokenKind::number ? value_of(*next) : std::nullopt;
          return value ? std::optional(negative ? -*value : *value) : std::nullopt;
        }
      }
      set = token->is_word("set");
    }
    return std::nullopt;
  }

  void set_integer(Index integer, std::int64_t value) {
    if (field(integer, ival_)) return;
    tree_.add_field(integer, ival_, tree_.add_scalar(Tree::Kind::number, value));
  }

  Tree& tree_;
  std::string_view text_;
  std::vector<std::pair<Node, std::optional<std::int64_t>>> pending_;
  inline static const Name a_const_ = Tree::intern("A_Const");
  inline static const Name integer_ = Tree::intern("Integer");
  inline static const Name float_ = Tree::intern("Float");
  inline static const Name string_ = Tree::intern("String");
  inline static const Name boolean_ = Tree::intern("Boolean");
  inline static const Name bit_string_ = Tree::intern("BitString");
  inline static const Name partspec_ = Tree::intern("partspec");
  inline static const Name alter_table_ = Tree::intern("AlterTableStmt");
  inline static const Name create_table_as_ = Tree::intern("CreateTableAsStmt");
  inline static const Name def_elem_ = Tree::intern("DefElem");
  inline static const Name grant_role_ = Tree::intern("GrantRoleStmt");
  inline static const Name val_ = Tree::intern("val");
  inline static const Name str_ = Tree::intern("str");
  inline static const Name ival_ = Tree::intern("ival");
  inline static const Name fval_ = Tree::intern("fval");
  inline static const Name sval_ = Tree::intern("sval");
  inline static const Name boolval_ = Tree::intern("boolval");
  inline static const Name bsval_ = Tree::intern("bsval");
  inline static const Name isnull_ = Tree::intern("isnull");
  inline static const Name strategy_ = Tree::intern("strategy");
  inline static const Name relkind_ = Tree::intern("relkind");
  inline static const Name objtype_ = Tree::intern("objtype");
  inline static const Name admin_opt_ = Tree::intern("admin_opt");
  inline static const Name opt_ = Tree::intern("opt");
  inline static const Name arg_ = Tree::intern("arg");
  inline static const Name defname_ = Tree::intern("defname");
  inline static const Name location_ = Tree::intern("location");
};

}  // namespace

void modernise(Tree& tree, Tree::Index from, std::string_view text, const RawStatement* first,
               const RawStatement* last) {
  Modernizer modernizer(tree, text);
  const auto end = static_cast<Tree::Index>(tree.size());
  for (Tree::Index index = from; index < end; ++index) modernizer.record(index);
  for (const RawStatement* statement = first; statement != last; ++statement) modernizer.statement(*statement);
}

}  // namespace segue::sql
