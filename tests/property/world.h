// A random schema as a set of objects that refer to each other, how it is written down, and how it is changed.
//
// Called by property_test.cpp and shrink.cpp. The same seed gives the same schemas on every machine. It never runs
// anything: whether the server takes a schema is trial.cpp's to find out.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "grammar.h"

namespace segue::test {

/// Numbers that are the same everywhere: the distributions of the standard library are not.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  /// 0 … count - 1.
  int below(int count) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(count)); }
  bool one_in(int count) { return below(count) == 0; }

 private:
  std::mt19937_64 engine_;
};

struct Node {
  int id = 0;
  const Rule* rule = nullptr;
  std::string name;                 ///< as it is, not quoted
  std::vector<int> choices;         ///< which option, for each choice of the rule
  std::map<std::string, int> refs;  ///< label -> id; "schema" is the schema it lies in, where that is not public
  friend bool operator==(const Node&, const Node&) = default;
};

/// One statement, or the few that belong together, as they stand in a file.
struct Statement {
  int id = 0;  ///< of the node
  std::string text;
};

class World {
 public:
  using Nodes = std::map<int, Node>;
  const Nodes& nodes() const { return nodes_; }
  bool has(int id) const { return nodes_.contains(id); }
  const Node& at(int id) const { return nodes_.at(id); }

  /// In an order in which psql runs them. What `other` holds under another name says so with -- @renamed.
  std::vector<Statement> statements(const World* other = nullptr) const;
  /// All of them as one text.
  std::string text(const World* other = nullptr) const;

  /// Takes the node away and all that needs it.
  void remove(int id);
  /// Puts the node there as it is; false, and nothing has changed, where what it needs is not there.
  bool put(const Node& node);
  /// The ids of those that the node's statement names.
  std::set<int> needs(const Node& node) const;
  /// The node whose statement holds this one: itself, or the one that it is an element of.
  int host(int id) const;
  bool prints_name(const Node& node) const;

 private:
  friend class Maker;
  std::string own_name(const Node& node, bool qualified) const;
  void write(const Node& node, const Text& text, const World* other, std::string& out) const;
  std::string elements(const Node& node, bool behind, const World* other) const;
  std::string annotation(const Node& node, const World* other) const;

  Nodes nodes_;
};

/// Makes worlds and changes them.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : chance_(seed) {}
  World make(int size);
  /// Adds, drops, renames, or changes one choice or one reference. False where it found nothing to do.
  bool change(World& world);

 private:
  std::optional<int> add(World& world, const Rule& rule, const std::map<std::string, int>& refs = {});
  bool complete(World& world, const Node& node);
  bool bind(World& world, int id, const Text& text);
  std::optional<int> found_or_made(World& world, int id, const Piece& piece);
  std::optional<int> make_with_tag(World& world, const std::string& tag, const std::map<std::string, int>& refs);
  std::optional<int> candidate(const World& world, const Node& node, const Piece& piece);
  bool choose(World& world);
  bool rebind(World& world);
  bool rename(World& world);
  bool exchange(World& world);
  std::string new_name(const Rule& rule);
  const Node* some_node(const World& world);

  void pick_rules();

  Chance chance_;
  std::vector<const Rule*> rules_;  ///< those that this world is made of
  int last_id_ = 0;
  int depth_ = 0;  ///< of nodes that are made because others need them
};

}  // namespace segue::test
