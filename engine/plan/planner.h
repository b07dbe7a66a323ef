// The planner: differences in, ordered steps with their inverses out.
//
// Called by the planner's front (engine/make_plan). Generic over kinds. Never touches a database or a file; the same
// input gives the same plan on every machine.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "diff/diff.h"
#include "model/schema.h"
#include "plan/conversions.h"
#include "plan/plan.h"
#include "plan/renames.h"

namespace segue::plan {

struct PlannerInput {
  const model::Schema* from = nullptr;
  const model::Schema* to = nullptr;
  std::vector<diff::Difference> differences;
  Renames renames;  ///< what brought `from` to the names that it has
  /// What of the database is none of `from`, because it is not ours (plan/outsiders.h); null: nothing.
  const std::vector<model::Object>* outsiders = nullptr;
  int server_version = 150000;
  std::string current_role;
  std::string on_drop = "refuse";
  /// Whether what is dropped leaves its rows behind, as far as it can.
  bool keeps_rows() const { return on_drop == "retain" || on_drop == "retain-in-place"; }
  std::set<std::string> retained;  ///< names that are taken by what earlier plans keep
  KeptConversions conversions;     ///< what keep_conversions found
  /// Which steps may leave the one transaction: "always", "auto" (those of large tables) or "never".
  std::string online = "never";
  bool may_commit_ahead() const { return online != "never" && !for_reading; }
  /// Whether nobody should wait for a lock on these: always, or where one of them is large.
  bool spares(const std::vector<std::string>& relations) const;
  /// The steps become a schema file: in the order in which people read one (plan/reading.h), and in words that
  /// make the server store the same again. Both schemas are of a catalog.
  bool for_reading = false;
  /// What the definitions of a desired object read, beyond its `depends`: keys, a superset.
  std::function<std::vector<std::string>(const model::Object&)> reads;
  /// What the server locks as it reads the definitions of a desired object, by more than ACCESS SHARE: keys, and modes.
  std::function<std::vector<std::pair<std::string, std::string>>(const model::Object&)> locks;
  /// Whether the definitions of a desired object mean what they mean only under the file's search path.
  std::function<bool(const model::Object&)> needs_path;
  /// The text that the server will print for a definition, where a tier knows it.
  std::function<std::optional<std::string>(const model::Object&, std::size_t attribute)> server_form;
  /// Whether a table is large enough for locks, rewrites and scans to matter.
  std::function<bool(const std::string& relation)> is_large;
};

/// Fills steps, effects and reads of a plan's body. Fails with diagnostics where there is no way, or no order.
Status make_steps(const PlannerInput& input, Body& body);

/// The hash of a whole object, definitions as they are printed; comparable with Body::reads.
std::string object_hash(const model::Object& object);
/// The shape of an object of the catalog; comparable with Effects.
Shape live_shape(const model::Object& object);

}  // namespace segue::plan
