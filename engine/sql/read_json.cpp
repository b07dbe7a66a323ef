// libpg_query's JSON, read event by event into a Tree: no document in between.
#include <nlohmann/json.hpp>

#include "sql/tree_storage.h"

namespace segue::sql {
namespace {

using Json = nlohmann::json;

bool is_tag(std::string_view name) { return !name.empty() && name[0] >= 'A' && name[0] <= 'Z'; }

class Reader : public nlohmann::json_sax<Json> {
 public:
  Reader(Tree& tree, int shift) : tree_(tree), shift_(shift) {}

  bool too_deep() const { return too_deep_; }
  Tree::Index root() const { return children_.empty() ? 0 : children_.back(); }

  bool null() override { return add(tree_.add_composite(Tree::Kind::structure, nullptr, 0)); }
  bool boolean(bool value) override { return add(tree_.add_scalar(Tree::Kind::boolean, value ? 1 : 0)); }
  bool number_integer(std::int64_t value) override { return add_number(value); }
  bool number_unsigned(std::uint64_t value) override { return add_number(static_cast<std::int64_t>(value)); }
  bool number_float(double value, const std::string&) override { return add_number(static_cast<std::int64_t>(value)); }
  bool string(std::string& value) override { return add(tree_.add_string(value)); }
  bool binary(Json::binary_t&) override { return false; }
  bool key(std::string& name) override {
    open_.back().key = name_of(name);
    return true;
  }
  bool start_object(std::size_t) override { return open(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_array() override {
    const Frame frame = open_.back();
    open_.pop_back();
    return close(frame, tree_.add_composite(Tree::Kind::list, children_.data() + frame.first, count(frame)));
  }
  bool end_object() override {
    const Frame frame = open_.back();
    open_.pop_back();
    // {"CreateStmt": {…}} is one node: the body with the tag as its type.
    if (count(frame) == 1) {
      const Tree::Index body = children_[frame.first];
      Tree::Record& record = tree_.at(body);
      if (record.kind == Tree::Kind::structure && is_tag(tree_.name(record.field))) {
        record.type = record.field;
        return close(frame, body);
      }
    }
    return close(frame, tree_.add_composite(Tree::Kind::structure, children_.data() + frame.first, count(frame)));
  }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override { return false; }

 private:
  struct Frame {
    std::size_t first;
    Tree::Name key;
  };

  std::size_t count(const Frame& frame) const { return children_.size() - frame.first; }

  bool open() {
    if (open_.size() >= static_cast<std::size_t>(max_json_depth)) {
      too_deep_ = true;
      return false;
    }
    open_.push_back({children_.size(), 0});
    return true;
  }

  bool close(const Frame& frame, Tree::Index made) {
    children_.resize(frame.first);
    return add(made);
  }

  bool add(Tree::Index made) {
    tree_.at(made).field = open_.empty() ? Tree::Name{0} : open_.back().key;
    children_.push_back(made);
    return true;
  }

  bool add_number(std::int64_t value) {
    // stmt_location is left out at 0; the caller moves that one.
    if (value >= 0 && !open_.empty() && open_.back().key == location_) value += shift_;
    return add(tree_.add_scalar(Tree::Kind::number, value));
  }

  Tree::Name name_of(const std::string& name) { return tree_.intern(name); }

  Tree& tree_;
  int shift_;
  Tree::Name location_ = tree_.intern("location");
  std::vector<Frame> open_;
  std::vector<Tree::Index> children_;
  bool too_deep_ = false;
};

}  // namespace

ReadJson read_json(Tree& tree, std::string_view json, int shift, std::vector<RawStatement>& statements) {
  Reader reader(tree, shift);
  if (!Json::sax_parse(json.begin(), json.end(), &reader)) {
    return reader.too_deep() ? ReadJson::too_deep : ReadJson::malformed;
  }
  const Tree::Record list_record = [&] {
    const Tree::Record& record = tree.at(reader.root());
    for (std::uint32_t i = 0; i < record.count; ++i) {
      const Tree::Record& field = tree.at(tree.child(record, i));
      if (tree.name(field.field) == "stmts") return field;
    }
    return Tree::Record{};
  }();
  for (std::uint32_t i = 0; i < list_record.count; ++i) {
    const Tree::Index raw = tree.child(list_record, i);
    const Tree::Record& record = tree.at(raw);
    RawStatement statement;
    statement.location = shift + static_cast<int>(tree.node(raw).number("stmt_location"));
    statement.length = static_cast<int>(tree.node(raw).number("stmt_len"));
    for (std::uint32_t f = 0; f < record.count; ++f) {
      const Tree::Index child = tree.child(record, f);
      if (tree.name(tree.at(child).field) == "stmt") statement.node = child;
    }
    statements.push_back(statement);
  }
  return ReadJson::done;
}

}  // namespace segue::sql
