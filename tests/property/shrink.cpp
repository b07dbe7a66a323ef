#include "shrink.h"

#include <functional>

namespace segue::test {
namespace {

class Shrinker {
 public:
  Shrinker(Server& server, Pair pair, std::string signature, int limit)
      : server_(server), pair_(std::move(pair)), signature_(std::move(signature)), left_(limit) {}

  Pair run() {
    for (bool smaller = true; smaller && left_ > 0;) {
      smaller = without_halves();
      smaller |= each([](Pair& pair, int id) { return without(pair, id); });
      smaller |= each([](Pair& pair, int id) { return unchanged(pair, id); });
      smaller |= plain_choices();
    }
    return pair_;
  }

 private:
  static bool without(Pair& pair, int id) {
    if (!pair.from.has(id) && !pair.to.has(id)) return false;
    pair.from.remove(id);
    pair.to.remove(id);
    return true;
  }

  /// The node is on both sides what it is on the first.
  static bool unchanged(Pair& pair, int id) {
    if (!pair.to.has(id)) return pair.from.has(id) && pair.to.put(pair.from.at(id));
    if (!pair.from.has(id)) return pair.from.put(pair.to.at(id));
    return !(pair.from.at(id) == pair.to.at(id)) && pair.to.put(pair.from.at(id));
  }

  std::vector<int> ids() const {
    std::set<int> all;
    for (const auto& [id, node] : pair_.from.nodes()) all.insert(id);
    for (const auto& [id, node] : pair_.to.nodes()) all.insert(id);
    return {all.rbegin(), all.rend()};
  }

  bool keep(const Pair& candidate) {
    if (left_-- <= 0) return false;
    const Verdict verdict = try_pair(server_, candidate.from, candidate.to, candidate.rows, false);
    if (!verdict.failed() || verdict.signature() != signature_) return false;
    pair_ = candidate;
    return true;
  }

  bool without_halves() {
    bool any = false;
    for (std::size_t size = ids().size() / 2; size >= 2; size /= 2) {
      const std::vector<int> all = ids();
      for (std::size_t start = 0; start < all.size(); start += size) {
        Pair candidate = pair_;
        bool changed = false;
        for (std::size_t at = start; at < std::min(start + size, all.size()); ++at)
          changed |= without(candidate, all[at]);
        if (changed) any |= keep(candidate);
      }
    }
    return any;
  }

  bool each(const std::function<bool(Pair&, int)>& change) {
    bool any = false;
    for (const int id : ids()) {
      Pair candidate = pair_;
      if (change(candidate, id)) any |= keep(candidate);
    }
    return any;
  }

  /// The first option of each choice, and the schema public, on both sides.
  bool plain_choices() {
    bool any = false;
    for (const int id : ids()) {
      const auto stands = [&] { return pair_.from.has(id) && pair_.to.has(id); };
      const std::size_t count = stands() ? pair_.from.at(id).choices.size() : 0;
      for (std::size_t at = 0; at <= count && stands(); ++at) {  // what is kept may lack it
        Pair candidate = pair_;
        Node from = pair_.from.at(id);
        Node to = pair_.to.at(id);
        if (at == count) {
          from.refs.erase("schema");
          to.refs.erase("schema");
        } else if (from.choices[at] == to.choices[at]) {
          from.choices[at] = to.choices[at] = 0;
        }
        if (from == pair_.from.at(id)) continue;
        if (candidate.from.put(from) && candidate.to.put(to)) any |= keep(candidate);
      }
    }
    return any;
  }

  Server& server_;
  Pair pair_;
  std::string signature_;
  int left_;
};

}  // namespace

Pair shrink(Server& server, Pair pair, const std::string& signature, int limit) {
  return Shrinker(server, std::move(pair), signature, limit).run();
}

std::string as_case(const Pair& pair) {
  return "---------- before.sql\n" + pair.from.text(&pair.to) + "---------- after.sql\n" + pair.to.text(&pair.from) +
         (pair.rows ? "---------- with a row of defaults in each table\n" : "");
}

}  // namespace segue::test
