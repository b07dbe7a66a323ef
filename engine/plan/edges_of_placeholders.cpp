// What comes or goes in two steps: who needs only its placeholder, and who waits for its definition.
#include <set>

#include "plan/edges.h"

namespace segue::plan {

/// Who uses an object that comes in two steps waits for both; for its placeholder alone where the object needs it.
void Edges::after_filling(std::size_t node, const std::string& key) {
  const auto filled = find(fills_, key);
  if (filled && *filled != node && !states_need_of(key, changes_[node].object().key)) graph_.add_edge(*filled, node);
}

/// The same on the way out. What goes with the object stays on its placeholder until then.
void Edges::before_emptying(std::size_t node, const std::string& key) {
  const auto emptied = find(empties_, key);
  if (!emptied || *emptied == node || changes_[node].object().parent == key) return;
  if (!uses(key, changes_[node].object().key)) graph_.add_edge(node, *emptied);
}

/// Whether the object of `key`, as it stands, uses that of `other`, by way of others that go or change too.
bool Edges::uses(const std::string& key, const std::string& other) const {
  std::vector<std::string> open = {key};
  std::set<std::string> seen(open.begin(), open.end());
  const auto visit = [&](const std::string& needed) {
    if (seen.insert(needed).second) open.push_back(needed);
  };
  while (!open.empty()) {
    const model::Object* standing = input_.from->find(open.back());
    open.pop_back();
    if (standing == nullptr) continue;
    for (const std::string& needed : standing->depends) visit(needed);
    visit(standing->parent);
    if (seen.count(other) != 0) return true;
  }
  return false;
}

void Edges::add_edges_of_placeholders() {
  for (const auto& [key, filled] : fills_) graph_.add_edge(creates_.at(key), filled);
  for (const auto& [key, emptied] : empties_) graph_.add_edge(emptied, drops_.at(key));
}

}  // namespace segue::plan
