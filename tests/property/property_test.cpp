// Guards against what nobody thought of: random schemas (grammar.txt), changed at random, there and back.
//
// SEGUE_PROPERTY_PAIRS says how many pairs, SEGUE_PROPERTY_SEED the first seed (`./dev property [N [SEED]]`); a failure
// is made small and printed as the two files of a case.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include "shrink.h"
#include "support/server.h"

namespace segue::test {
namespace {

int number_of(const char* variable, int otherwise) {
  const char* value = std::getenv(variable);
  return value == nullptr ? otherwise : std::atoi(value);
}

/// What a pair was made from, so that one can be made again.
Pair make_pair(Server& server, std::uint64_t seed) {
  Maker maker(seed);
  Chance chance(seed * 2654435761U);
  Pair pair;
  pair.rows = chance.one_in(3);
  pair.from = maker.make(6 + chance.below(30));
  const Scratch database(server);
  if (!prune(pair.from, nullptr, database)) throw std::runtime_error("no schema comes of it");
  pair.to = pair.from;
  for (int changes = 1 + chance.below(8); changes > 0; --changes) {
    for (int attempts = 0; attempts < 10 && !maker.change(pair.to); ++attempts) continue;
  }
  if (!prune(pair.to, &pair.from, database)) throw std::runtime_error("no schema comes of it");
  return pair;
}

struct Tally {
  int pairs = 0;
  int held = 0;
  std::map<std::string, int> refused;
  std::map<std::string, int> failed;
  std::set<std::string> rules;  ///< of the grammar, that some pair held
};

void judge(Server& server, std::uint64_t seed, int shrinks, Tally& tally) {
  Pair pair = make_pair(server, seed);
  ++tally.pairs;
  for (const World* side : {&pair.from, &pair.to}) {
    for (const auto& [id, node] : side->nodes()) tally.rules.insert(node.rule->name);
  }
  Verdict verdict = try_pair(server, pair.from, pair.to, pair.rows, true);
  if (verdict.outcome == Verdict::Outcome::held) ++tally.held;
  if (verdict.outcome == Verdict::Outcome::refused) ++tally.refused[verdict.signature()];
  if (!verdict.failed()) return;
  if (verdict.stage.starts_with("back, ")) {
    verdict.stage = verdict.stage.substr(6);
    std::swap(pair.from, pair.to);
    pair.rows = false;
  }
  const std::string signature = verdict.signature();
  if (++tally.failed[signature] > 1) return;  // the first of its sort is made small, the others are counted
  pair = shrink(server, std::move(pair), signature, shrinks);
  verdict = try_pair(server, pair.from, pair.to, pair.rows, false);
  ADD_FAILURE() << "seed " << seed << ", " << verdict.stage << "\n" << verdict.detail << as_case(pair);
}

TEST(Property, RandomSchemasConvergeSettleAndComeBack) {
  Server& server = Server::shared();
  const int pairs = number_of("SEGUE_PROPERTY_PAIRS", 16);
  const int first = number_of("SEGUE_PROPERTY_SEED", 1);
  const int step = number_of("SEGUE_PROPERTY_STEP", 1);
  const int shrinks = number_of("SEGUE_PROPERTY_SHRINKS", 150);
  Tally tally;
  for (int at = 0; at < pairs; ++at) {
    const auto seed =
        static_cast<std::uint64_t>(first) + static_cast<std::uint64_t>(at) * static_cast<std::uint64_t>(step);
    try {
      judge(server, seed, shrinks, tally);
    } catch (const std::exception& problem) {
      ADD_FAILURE() << "seed " << seed << ": " << problem.what();
    }
  }
  std::cout << tally.pairs << " pairs, " << tally.held << " held\n";
  for (const auto& [signature, count] : tally.refused) std::cout << "refused " << count << ": " << signature << "\n";
  for (const auto& [signature, count] : tally.failed) std::cout << "failed " << count << ": " << signature << "\n";
  // What the server never takes tests nothing.
  std::string unused;
  for (const Rule& rule : grammar()) unused += tally.rules.contains(rule.name) ? "" : " " + rule.name;
  if (!unused.empty()) std::cout << "in no pair:" << unused << "\n";
  int refused = 0;
  for (const auto& [signature, count] : tally.refused) refused += count;
  EXPECT_LE(refused, 1 + pairs / 7) << "a refusal is for the rare pair";
}

}  // namespace
}  // namespace segue::test
