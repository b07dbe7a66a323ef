#include "sql/tree.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <unordered_map>

#include "sql/tree_storage.h"

namespace segue::sql {
namespace {

constexpr std::string_view constant_fields[] = {"ival", "fval", "sval", "boolval", "bsval"};

/// Which of many slots a name is looked for in: quickly, and differently for most names of a grammar.
std::size_t slot_of(std::string_view name) {
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(name[i])); };
  return name.empty() ? 0 : byte(0) + 7 * byte(name.size() / 2) + 31 * byte(name.size() - 1) + 127 * name.size();
}

}  // namespace

constinit std::array<std::string_view, 8192> Tree::names_;

/// Names are added under a lock and never moved: whoever got an id may read its name without one.
class Tree::Vocabulary {
 public:
  static Vocabulary& common() {
    static Vocabulary vocabulary;
    return vocabulary;
  }

  Name intern(std::string_view name) {
    const std::lock_guard lock(mutex_);
    const auto found = ids_.find(name);
    if (found != ids_.end()) return found->second;
    if (ids_.size() == names_.size()) std::abort();  // no grammar has that many
    const auto id = static_cast<Name>(ids_.size());
    names_[id] = bytes_.emplace_back(name);
    ids_.emplace(names_[id], id);
    return id;
  }

 private:
  Vocabulary() { intern(""); }

  std::mutex mutex_;
  std::deque<std::string> bytes_;
  std::unordered_map<std::string_view, Name> ids_;
};

Tree::Name Tree::intern(std::string_view name) {
  // a thread asks the others only about a name that it has not just met
  thread_local std::array<Name, 2048> met{};
  Name& id = met[slot_of(name) % met.size()];
  if (names_[id] != name) id = Vocabulary::common().intern(name);
  return id;
}

Tree::Index Tree::add_composite(Kind kind, const Index* children, std::size_t count) {
  Record record;
  record.kind = kind;
  record.first = static_cast<std::uint32_t>(children_.size());
  record.count = static_cast<std::uint32_t>(count);
  children_.insert(children_.end(), children, children + count);
  records_.push_back(record);
  return static_cast<Index>(records_.size() - 1);
}

Tree::Index Tree::add_string(std::string_view text) {
  Record record;
  record.kind = Kind::string;
  record.first = static_cast<std::uint32_t>(strings_.size());
  record.count = static_cast<std::uint32_t>(text.size());
  strings_.append(text);
  records_.push_back(record);
  return static_cast<Index>(records_.size() - 1);
}

Tree::Index Tree::add_scalar(Kind kind, std::int64_t value) {
  Record record;
  record.kind = kind;
  record.value = value;
  records_.push_back(record);
  return static_cast<Index>(records_.size() - 1);
}

void Tree::add_field(Index structure, Name field, Index child) {
  records_[child].field = field;
  Record& record = records_[structure];
  const auto first = static_cast<std::uint32_t>(children_.size());
  for (std::uint32_t i = 0; i < record.count; ++i) {
    const Index present = children_[record.first + i];
    children_.push_back(present);
  }
  children_.push_back(child);
  record.first = first;
  ++record.count;
}

std::string_view Node::type() const {
  return tree_ == nullptr ? std::string_view{} : Tree::name(tree_->at(index_).type);
}

Node Node::operator[](std::string_view field) const {
  if (tree_ == nullptr) return {};
  const Tree::Record& record = tree_->at(index_);
  if (record.kind != Tree::Kind::structure) return {};
  for (std::uint32_t i = 0; i < record.count; ++i) {
    const Tree::Index child = tree_->child(record, i);
    if (Tree::name(tree_->at(child).field) == field) return {tree_, child};
  }
  return {};
}

List Node::list(std::string_view field) const { return (*this)[field].items(); }

std::string_view Node::text() const {
  if (tree_ == nullptr) return {};
  const Tree::Record& record = tree_->at(index_);
  if (record.kind == Tree::Kind::string) return tree_->string(record);
  if (record.kind != Tree::Kind::structure) return {};
  const std::string_view own = type();
  if (own == "String") return text("sval");
  if (own == "Float") return text("fval");
  if (own == "BitString") return text("bsval");
  if (own == "A_Const") {
    for (const std::string_view field : constant_fields) {
      if (const Node value = (*this)[field]) return value.text();
    }
  }
  return {};
}

std::int64_t Node::number() const {
  if (tree_ == nullptr) return 0;
  const Tree::Record& record = tree_->at(index_);
  if (record.kind == Tree::Kind::number) return record.value;
  if (record.kind != Tree::Kind::structure) return 0;
  return type() == "Integer" || type() == "A_Const" ? number("ival") : 0;
}

bool Node::flag() const {
  if (tree_ == nullptr) return false;
  const Tree::Record& record = tree_->at(index_);
  if (record.kind == Tree::Kind::boolean) return record.value != 0;
  if (record.kind != Tree::Kind::structure) return false;
  return (type() == "Boolean" || type() == "A_Const") && flag("boolval");
}

bool Node::is_list() const { return tree_ != nullptr && tree_->at(index_).kind == Tree::Kind::list; }

List Node::items() const {
  if (is_list()) return List(*this, false);
  return type() == "List" ? list("items") : List();
}

int Node::location() const {
  const Node location = (*this)["location"];
  return location ? static_cast<int>(location.number()) : -1;
}

int Node::first_location() const {
  if (tree_ == nullptr) return -1;
  int first = -1;
  std::vector<Tree::Index> open{index_};
  while (!open.empty()) {
    const Node node(tree_, open.back());
    open.pop_back();
    const Tree::Record& record = tree_->at(node.index_);
    if (record.kind != Tree::Kind::structure && record.kind != Tree::Kind::list) continue;
    const int own = node.location();
    if (own >= 0 && (first < 0 || own < first)) first = own;
    for (std::uint32_t i = 0; i < record.count; ++i) open.push_back(tree_->child(record, i));
  }
  return first;
}

std::size_t Node::field_count() const {
  if (tree_ == nullptr) return 0;
  const Tree::Record& record = tree_->at(index_);
  return record.kind == Tree::Kind::structure ? record.count : 0;
}

std::string_view Node::field_name(std::size_t i) const {
  const Node child = field(i);
  return child ? Tree::name(tree_->at(child.index_).field) : std::string_view{};
}

Node Node::field(std::size_t i) const {
  if (i >= field_count()) return {};
  return {tree_, tree_->child(tree_->at(index_), i)};
}

std::size_t List::size() const {
  if (list_.tree_ == nullptr) return 0;
  return is_alone_ ? 1 : list_.tree_->at(list_.index_).count;
}

Node List::operator[](std::size_t i) const {
  if (i >= size()) return {};
  if (is_alone_) return list_;
  return {list_.tree_, list_.tree_->child(list_.tree_->at(list_.index_), i)};
}

std::vector<std::string> strings(const List& list) {
  std::vector<std::string> all;
  all.reserve(list.size());
  for (const Node node : list) all.emplace_back(node.text());
  return all;
}

}  // namespace segue::sql
