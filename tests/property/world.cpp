#include "world.h"

#include <algorithm>
#include <cctype>
#include <functional>

namespace segue::test {
namespace {

std::string quote(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  return plain ? name : "\"" + name + "\"";
}

/// Every piece that the node's choices leave in its text, the taken options' own ones after their choice.
void walk(const Node& node, const Text& text, const std::function<void(const Piece&)>& visit) {
  for (const Piece& piece : text) {
    visit(piece);
    if (piece.sort != Piece::Sort::choice) continue;
    const auto option = static_cast<std::size_t>(node.choices[static_cast<std::size_t>(piece.number)]);
    walk(node, piece.options[option], visit);
  }
}

/// Whether it has a node for each label that it prints: another option may speak of one that it never looked for.
bool is_bound(const Node& node) {
  bool bound = true;
  walk(node, node.rule->text, [&](const Piece& piece) {
    bound &= piece.sort != Piece::Sort::node || piece.silent || node.refs.contains(piece.text);
  });
  return bound;
}

/// host -> the hosts whose statements must run before.
std::map<int, std::set<int>> before(const World& world) {
  std::map<int, std::set<int>> all;
  for (const auto& [id, node] : world.nodes()) {
    const int host = world.host(id);
    std::set<int>& needed = all[host];
    for (const int other : world.needs(node)) {
      if (const int other_host = world.host(other); other_host != host) needed.insert(other_host);
    }
  }
  return all;
}

/// The hosts in an order in which they run, the oldest first where there is a choice; shorter where there is a cycle.
std::vector<int> ordered(const World& world) {
  const auto needed = before(world);
  std::vector<int> order;
  std::set<int> done;
  for (bool found = true; found;) {
    found = false;
    for (const auto& [host, hosts] : needed) {
      if (done.contains(host) || !std::includes(done.begin(), done.end(), hosts.begin(), hosts.end())) continue;
      order.push_back(host);
      done.insert(host);
      found = true;
      break;
    }
  }
  return order;
}

bool has_order(const World& world) { return ordered(world).size() == before(world).size(); }

}  // namespace

int World::host(int id) const {
  const Node& node = at(id);
  return node.rule->in.empty() ? id : host(node.refs.at(node.rule->in));
}

std::set<int> World::needs(const Node& node) const {
  std::set<int> all;
  const auto note = [&](const std::string& label) {
    if (const auto found = node.refs.find(label); found != node.refs.end()) all.insert(found->second);
  };
  note("schema");
  note(node.rule->in);
  walk(node, node.rule->text, [&](const Piece& piece) {
    if (piece.sort == Piece::Sort::node) note(piece.text);
  });
  return all;
}

void World::remove(int id) {
  if (nodes_.erase(id) == 0) return;
  std::vector<int> orphans;
  for (const auto& [other, node] : nodes_) {
    if (needs(node).contains(id)) orphans.push_back(other);
  }
  for (const int orphan : orphans) remove(orphan);
}

bool World::put(const Node& node) {
  if (!is_bound(node)) return false;
  const std::set<int> needed = needs(node);
  if (!std::all_of(needed.begin(), needed.end(), [this](int id) { return has(id); })) return false;
  World changed = *this;
  changed.nodes_[node.id] = node;
  if (!has_order(changed)) return false;
  *this = std::move(changed);
  return true;
}

bool World::prints_name(const Node& node) const {
  bool prints = false;
  walk(node, node.rule->text, [&](const Piece& piece) { prints |= piece.sort == Piece::Sort::own_name; });
  return prints;
}

std::string World::own_name(const Node& node, bool qualified) const {
  if (!qualified) return quote(node.name);
  const Node& place = node.rule->beside.empty() ? node : at(node.refs.at(node.rule->beside));
  const auto schema = place.refs.find("schema");
  if (schema != place.refs.end()) return quote(at(schema->second).name) + "." + quote(node.name);
  return (place.id % 2 == 0 ? "public." : "") + quote(node.name);
}

void World::write(const Node& node, const Text& text, const World* other, std::string& out) const {
  for (const Piece& piece : text) {
    switch (piece.sort) {
      case Piece::Sort::text:
        out += piece.text;
        break;
      case Piece::Sort::own_name:
        out += own_name(node, node.rule->qualified);
        break;
      case Piece::Sort::elements:
        out += elements(node, piece.behind, other);
        break;
      case Piece::Sort::choice: {
        const auto option = static_cast<std::size_t>(node.choices[static_cast<std::size_t>(piece.number)]);
        write(node, piece.options[option], other, out);
        break;
      }
      case Piece::Sort::node: {
        if (piece.silent) break;
        const Node* shown = &at(node.refs.at(piece.text));
        if (!piece.part.empty()) shown = &at(shown->refs.at(piece.part));
        out += own_name(*shown, !piece.bare && (shown->rule->qualified || !shown->rule->beside.empty()));
        break;
      }
    }
  }
}

std::string World::elements(const Node& node, bool behind, const World* other) const {
  std::string all;
  for (const auto& [id, element] : nodes_) {
    if (element.rule->in.empty() || element.refs.at(element.rule->in) != node.id) continue;
    all += (all.empty() && !behind ? "\n  " : ",\n  ") + annotation(element, other);
    write(element, element.rule->text, other, all);
  }
  return all.empty() ? all : all + "\n";
}

std::string World::annotation(const Node& node, const World* other) const {
  if (other == nullptr || !node.rule->renamed || !other->has(node.id)) return "";
  const Node& there = other->at(node.id);
  if (there.name == node.name || !prints_name(node) || !other->prints_name(there)) return "";
  return "-- @renamed from=" + quote(there.name) + "\n" + (node.rule->in.empty() ? "" : "  ");
}

std::vector<Statement> World::statements(const World* other) const {
  std::vector<Statement> all;
  for (const int id : ordered(*this)) {
    const Node& node = at(id);
    Statement statement{id, annotation(node, other)};
    write(node, node.rule->text, other, statement.text);
    all.push_back(std::move(statement));
  }
  return all;
}

std::string World::text(const World* other) const {
  std::string all;
  for (const Statement& statement : statements(other)) all += statement.text + "\n";
  return all;
}

std::string Maker::new_name(const Rule& rule) {
  std::string name = rule.name.substr(0, rule.name.find('_')) + "_" + std::to_string(last_id_) +
                     static_cast<char>('a' + chance_.below(26));
  if (chance_.one_in(12)) return "Éa b." + name;
  if (chance_.one_in(12)) return "a_long_name_of_which_little_is_left_when_it_is_cut_" + name;
  return name;
}

/// All of them, or only some: of fewer rules come more objects that have to do with each other.
void Maker::pick_rules() {
  const int left_out = chance_.below(3);  // of four
  for (const Rule& rule : grammar()) {
    const bool always = rule.weight > 3;
    if (always || chance_.below(4) >= left_out) rules_.push_back(&rule);
  }
}

World Maker::make(int size) {
  World world;
  pick_rules();
  int total = 0;
  for (const Rule* rule : rules_) total += rule->weight;
  for (int attempts = 0; attempts < 20 * size && static_cast<int>(world.nodes_.size()) < size; ++attempts) {
    int at = chance_.below(total);
    for (const Rule* rule : rules_) {
      at -= rule->weight;
      if (at >= 0) continue;
      add(world, *rule);
      break;
    }
  }
  return world;
}

std::optional<int> Maker::add(World& world, const Rule& rule, const std::map<std::string, int>& refs) {
  const std::string holder = "holds_" + rule.name.substr(0, rule.name.find('_'));
  const bool has_holder = rule.in.empty() || refs.contains(rule.in) ||
                          std::any_of(world.nodes_.begin(), world.nodes_.end(),
                                      [&](const auto& one) { return one.second.rule->tags.contains(holder); });
  if (!has_holder && !make_with_tag(world, holder, {})) return std::nullopt;
  Node node;
  node.id = ++last_id_;
  node.rule = &rule;
  node.refs = refs;
  node.name = new_name(rule);
  node.choices.assign(static_cast<std::size_t>(rule.choices), 0);
  const std::function<void(const Text&)> draw = [&](const Text& text) {
    for (const Piece& piece : text) {
      if (piece.sort != Piece::Sort::choice) continue;
      // The first option is the plain one.
      const int count = static_cast<int>(piece.options.size());
      node.choices[static_cast<std::size_t>(piece.number)] = chance_.one_in(2) ? 0 : chance_.below(count);
      for (const Text& option : piece.options) draw(option);
    }
  };
  draw(rule.text);
  if (rule.qualified && chance_.one_in(4)) {
    Piece piece;
    piece.tag = "schema";
    if (const auto schema = candidate(world, node, piece)) node.refs["schema"] = *schema;
  }
  if (!complete(world, node)) return std::nullopt;
  return node.id;
}

/// A node of some rule with that tag, for one that needs it.
std::optional<int> Maker::make_with_tag(World& world, const std::string& tag, const std::map<std::string, int>& refs) {
  constexpr int deepest = 4;
  if (depth_ == deepest) return std::nullopt;
  std::vector<const Rule*> fitting;
  for (const Rule& rule : grammar()) {
    if (rule.tags.contains(tag)) fitting.insert(fitting.end(), static_cast<std::size_t>(rule.weight), &rule);
  }
  if (fitting.empty()) return std::nullopt;
  ++depth_;
  const auto made =
      add(world, *fitting[static_cast<std::size_t>(chance_.below(static_cast<int>(fitting.size())))], refs);
  --depth_;
  return made;
}

/// Finds nodes for the labels that have none, and puts the node into the world.
bool Maker::complete(World& world, const Node& node) {
  World::Nodes old = world.nodes_;
  world.nodes_[node.id] = node;
  std::erase_if(world.nodes_[node.id].refs, [&](const auto& ref) { return !world.has(ref.second); });
  bool fits = true;
  if (const std::string& in = node.rule->in; !in.empty() && !world.at(node.id).refs.contains(in)) {
    Piece piece;
    piece.text = in;
    piece.tag = "holds_" + node.rule->name.substr(0, node.rule->name.find('_'));
    const auto found = candidate(world, world.at(node.id), piece);
    fits = found.has_value();
    if (fits) world.nodes_[node.id].refs[in] = *found;
  }
  fits = fits && bind(world, node.id, node.rule->text);
  if (fits && !node.rule->once.empty()) {
    const Node& placed = world.at(node.id);
    for (const auto& [id, other] : world.nodes_) {
      fits &= id == placed.id || other.rule != placed.rule ||
              other.refs.at(placed.rule->once) != placed.refs.at(placed.rule->once);
    }
  }
  fits = fits && has_order(world);
  if (!fits) world.nodes_ = std::move(old);
  return fits;
}

std::optional<int> Maker::found_or_made(World& world, int id, const Piece& piece) {
  if (const auto found = candidate(world, world.at(id), piece)) return found;
  std::map<std::string, int> refs;
  if (!piece.same.empty()) {
    const auto same = world.at(id).refs.find(piece.same);
    if (same == world.at(id).refs.end()) return std::nullopt;
    refs[piece.same] = same->second;
  }
  return make_with_tag(world, piece.tag, refs);
}

bool Maker::bind(World& world, int id, const Text& text) {
  for (const Piece& piece : text) {
    if (piece.sort == Piece::Sort::node && !piece.tag.empty() && !world.at(id).refs.contains(piece.text)) {
      const auto found = found_or_made(world, id, piece);
      if (!found) return false;
      world.nodes_[id].refs[piece.text] = *found;
    }
    if (piece.sort != Piece::Sort::choice) continue;
    const auto chosen = static_cast<std::size_t>(world.at(id).choices[static_cast<std::size_t>(piece.number)]);
    if (bind(world, id, piece.options[chosen])) continue;
    world.nodes_[id].choices[static_cast<std::size_t>(piece.number)] = 0;
    if (!bind(world, id, piece.options[0])) return false;
  }
  return true;
}

std::optional<int> Maker::candidate(const World& world, const Node& node, const Piece& piece) {
  // What waits for the node cannot be waited for by it; a new node has nobody who waits.
  std::set<int> waiting;
  if (world.has(node.id) && (node.rule->in.empty() || node.refs.contains(node.rule->in))) {
    const auto needed = before(world);
    const int host = world.host(node.id);
    for (std::size_t size = 0; waiting.empty() || size != waiting.size();) {
      size = waiting.size();
      waiting.insert(host);
      for (const auto& [other, hosts] : needed) {
        if (std::any_of(hosts.begin(), hosts.end(), [&](int one) { return waiting.contains(one); }))
          waiting.insert(other);
      }
    }
    waiting.erase(host);
  }
  std::vector<int> all;
  for (const auto& [id, other] : world.nodes_) {
    if (id == node.id || !other.rule->tags.contains(piece.tag)) continue;
    if (!other.rule->in.empty() && !other.refs.contains(other.rule->in)) continue;
    if (waiting.contains(world.host(id))) continue;
    if (!piece.same.empty()) {
      const auto theirs = other.refs.find(piece.same);
      const auto ours = node.refs.find(piece.same);
      if (theirs == other.refs.end() || ours == node.refs.end() || theirs->second != ours->second) continue;
    }
    // Two holes of one node mean two nodes.
    if (std::any_of(node.refs.begin(), node.refs.end(), [&](const auto& ref) { return ref.second == id; })) continue;
    all.push_back(id);
  }
  if (all.empty()) return std::nullopt;
  return all[static_cast<std::size_t>(chance_.below(static_cast<int>(all.size())))];
}

const Node* Maker::some_node(const World& world) {
  if (world.nodes_.empty()) return nullptr;
  auto at = world.nodes_.begin();
  std::advance(at, chance_.below(static_cast<int>(world.nodes_.size())));
  return &at->second;
}

bool Maker::choose(World& world) {
  const Node* node = some_node(world);
  if (node == nullptr) return false;
  std::vector<const Piece*> choices;
  walk(*node, node->rule->text, [&](const Piece& piece) {
    if (piece.sort == Piece::Sort::choice) choices.push_back(&piece);
  });
  if (choices.empty()) return false;
  const Piece& piece = *choices[static_cast<std::size_t>(chance_.below(static_cast<int>(choices.size())))];
  Node changed = *node;
  int& chosen = changed.choices[static_cast<std::size_t>(piece.number)];
  const int count = static_cast<int>(piece.options.size());
  const int wanted = (chosen + 1 + chance_.below(count - 1)) % count;
  chosen = wanted;
  return complete(world, changed);
}

bool Maker::rebind(World& world) {
  const Node* node = some_node(world);
  if (node == nullptr) return false;
  std::vector<const Piece*> holes;
  walk(*node, node->rule->text, [&](const Piece& piece) {
    if (piece.sort == Piece::Sort::node && !piece.tag.empty()) holes.push_back(&piece);
  });
  if (holes.empty()) return false;
  const Piece& piece = *holes[static_cast<std::size_t>(chance_.below(static_cast<int>(holes.size())))];
  const auto found = candidate(world, *node, piece);
  if (!found) return false;
  Node changed = *node;
  changed.refs[piece.text] = *found;
  walk(*node, node->rule->text, [&](const Piece& other) {
    if (other.sort == Piece::Sort::node && other.same == piece.text) changed.refs.erase(other.text);
  });
  return complete(world, changed);
}

bool Maker::rename(World& world) {
  const Node* node = some_node(world);
  if (node == nullptr || !node->rule->renamed || !world.prints_name(*node)) return false;
  const std::string name = node->name;
  world.nodes_[node->id].name = name + static_cast<char>('a' + chance_.below(26));
  return true;
}

/// Another object under the name of one that goes.
bool Maker::exchange(World& world) {
  const Node* node = some_node(world);
  if (node == nullptr) return false;
  const Node old = *node;
  std::vector<const Rule*> rules;
  for (const Rule& rule : grammar()) {
    if (rule.in == old.rule->in && rule.qualified == old.rule->qualified && rule.beside.empty()) rules.push_back(&rule);
  }
  const World kept = world;
  world.remove(old.id);
  Node changed;
  changed.id = ++last_id_;
  changed.rule =
      rules.empty() ? old.rule : rules[static_cast<std::size_t>(chance_.below(static_cast<int>(rules.size())))];
  changed.name = old.name;
  changed.choices.assign(static_cast<std::size_t>(changed.rule->choices), 0);
  for (const std::string& label : {std::string("schema"), changed.rule->in}) {
    if (const auto found = old.refs.find(label); found != old.refs.end()) changed.refs[label] = found->second;
  }
  if (complete(world, changed)) return true;
  world = kept;
  return false;
}

bool Maker::change(World& world) {
  switch (chance_.below(16)) {
    case 0:
    case 1:
    case 2: {
      const auto count = static_cast<int>(rules_.size());
      return add(world, *rules_[static_cast<std::size_t>(chance_.below(count))]).has_value();
    }
    case 3:
    case 4: {
      const Node* node = some_node(world);
      if (node == nullptr) return false;
      world.remove(node->id);
      return true;
    }
    case 5:
      return rename(world);
    case 6:
      return exchange(world);
    case 7:
    case 8:
    case 9:
      return rebind(world);
    default:
      return choose(world);
  }
}

}  // namespace segue::test
