// libpg_query's JSON, read in one pass into a Tree. It is the half of parsing that is ours, and a schema file has some
// twenty bytes of it for each of its own: hence a reader for just what pg_query_nodes_to_json writes (no spaces to
// speak of, integers, and \u only for single characters below U+10000).
#include <charconv>
#include <cstring>
#include <optional>

#include "sql/tree_storage.h"

namespace segue::sql {
namespace {

bool is_tag(std::string_view name) { return !name.empty() && name[0] >= 'A' && name[0] <= 'Z'; }

void append_utf8(std::string& text, unsigned code) {
  const auto byte = [&text](unsigned value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6);
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

/// Every function reads one thing at the cursor and moves behind it; false (or nothing) where it does not stand there.
class Reader {
 public:
  Reader(Tree& tree, std::string_view json, int shift)
      : tree_(tree), at_(json.data()), end_(json.data() + json.size()), shift_(shift) {}

  bool read() {
    if (!value(0)) return false;
    skip_space();
    return at_ == end_;
  }
  bool too_deep() const { return too_deep_; }
  Tree::Index root() const { return children_.back(); }

 private:
  void skip_space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }
  bool next_is(char c) {
    skip_space();
    return at_ != end_ && *at_ == c;
  }
  bool take(char c) {
    if (!next_is(c)) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (static_cast<std::size_t>(end_ - at_) < word.size() || std::memcmp(at_, word.data(), word.size()) != 0) {
      return false;
    }
    at_ += word.size();
    return true;
  }

  bool value(Tree::Name field) {
    skip_space();
    if (at_ == end_) return false;
    switch (*at_) {
      case '{':
        return nested(field, &Reader::structure);
      case '[':
        return nested(field, &Reader::list);
      case '"': {
        const auto text = string();
        return text && add(field, tree_.add_string(*text));
      }
      case 't':
        return take("true") && add(field, tree_.add_scalar(Tree::Kind::boolean, 1));
      case 'f':
        return take("false") && add(field, tree_.add_scalar(Tree::Kind::boolean, 0));
      case 'n':
        return take("null") && add(field, tree_.add_composite(Tree::Kind::structure, nullptr, 0));
      default:
        return number(field);
    }
  }

  bool nested(Tree::Name field, bool (Reader::*read_members)(Tree::Name)) {
    if (depth_ >= max_json_depth) {
      too_deep_ = true;
      return false;
    }
    ++depth_;
    ++at_;
    const bool done = (this->*read_members)(field);
    --depth_;
    return done;
  }

  bool structure(Tree::Name field) {
    const std::size_t first = children_.size();
    while (!next_is('}')) {
      if (children_.size() != first && !take(',')) return false;
      if (!next_is('"')) return false;
      const auto name = string();
      if (!name) return false;
      const Tree::Name key = Tree::intern(*name);
      if (!take(':') || !value(key)) return false;
    }
    ++at_;
    // {"CreateStmt": {…}} is one node: the body with the tag as its type.
    if (children_.size() == first + 1) {
      const Tree::Index body = children_[first];
      Tree::Record& record = tree_.at(body);
      if (record.kind == Tree::Kind::structure && is_tag(Tree::name(record.field))) {
        record.type = record.field;
        children_.resize(first);
        return add(field, body);
      }
    }
    return close(field, Tree::Kind::structure, first);
  }

  bool list(Tree::Name field) {
    const std::size_t first = children_.size();
    while (!next_is(']')) {
      if (children_.size() != first && !take(',')) return false;
      if (!value(0)) return false;
    }
    ++at_;
    return close(field, Tree::Kind::list, first);
  }

  bool close(Tree::Name field, Tree::Kind kind, std::size_t first) {
    const Tree::Index made = tree_.add_composite(kind, children_.data() + first, children_.size() - first);
    children_.resize(first);
    return add(field, made);
  }

  bool add(Tree::Name field, Tree::Index made) {
    tree_.at(made).field = field;
    children_.push_back(made);
    return true;
  }

  bool number(Tree::Name field) {
    std::int64_t value = 0;
    const auto [behind, error] = std::from_chars(at_, end_, value);
    if (error != std::errc()) return false;
    at_ = behind;
    // stmt_location is left out at 0; the caller moves that one.
    if (value >= 0 && field == location_) value += shift_;
    return add(field, tree_.add_scalar(Tree::Kind::number, value));
  }

  /// What stands between the quotes: the JSON's own bytes, or where they hold escapes, a copy that the next string
  /// overwrites.
  std::optional<std::string_view> string() {
    const char* const begin = ++at_;
    while (at_ != end_ && *at_ != '"' && *at_ != '\\') ++at_;
    if (at_ == end_) return std::nullopt;
    if (*at_ == '"') return std::string_view(begin, static_cast<std::size_t>(at_++ - begin));
    unescaped_.assign(begin, at_);
    while (at_ != end_ && *at_ != '"') {
      if (*at_ != '\\') {
        unescaped_ += *at_++;
      } else if (!escape()) {
        return std::nullopt;
      }
    }
    if (at_ == end_) return std::nullopt;
    ++at_;
    return unescaped_;
  }

  bool escape() {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (end_ - at_ < 2) return false;
    const char letter = at_[1];
    at_ += 2;
    if (letter == 'u') return code_point();
    const std::size_t which = letters.find(letter);
    if (which == std::string_view::npos) return false;
    unescaped_ += meanings[which];
    return true;
  }

  bool code_point() {
    if (end_ - at_ < 4) return false;
    unsigned code = 0;
    const auto [behind, error] = std::from_chars(at_, at_ + 4, code, 16);
    const bool is_surrogate = code >= 0xD800 && code < 0xE000;
    if (error != std::errc() || behind != at_ + 4 || is_surrogate) return false;
    at_ = behind;
    append_utf8(unescaped_, code);
    return true;
  }

  Tree& tree_;
  const char* at_;
  const char* const end_;
  const int shift_;
  const Tree::Name location_ = Tree::intern("location");
  std::vector<Tree::Index> children_;  ///< of the nodes that are still open, one behind the other
  std::string unescaped_;
  int depth_ = 0;
  bool too_deep_ = false;
};

}  // namespace

ReadJson read_json(Tree& tree, std::string_view json, int shift, std::vector<RawStatement>& statements) {
  Reader reader(tree, json, shift);
  if (!reader.read()) return reader.too_deep() ? ReadJson::too_deep : ReadJson::malformed;
  for (const Node raw : tree.node(reader.root()).list("stmts")) {
    RawStatement statement;
    statement.location = shift + static_cast<int>(raw.number("stmt_location"));
    statement.length = static_cast<int>(raw.number("stmt_len"));
    statement.node = Tree::index_of(raw["stmt"]);
    statements.push_back(statement);
  }
  return ReadJson::done;
}

}  // namespace segue::sql
