// From differences to changes: what must be taken down and put back around them.
//
// The first half of the planner. Generic over kinds: it asks their tables.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "diff/diff.h"
#include "model/kind.h"

namespace segue::plan {

struct Change {
  enum class Op { drop, alter, create } op = Op::alter;
  /// Of what comes, or goes, in two steps (plan/placeholders.h): a placeholder is created, or dropped, and altered into
  /// the object (`fill`) or made of it (`empty`).
  enum class Stage { whole, placeholder, fill, empty };
  const model::Object* from = nullptr;
  const model::Object* to = nullptr;
  std::vector<std::size_t> attributes;  ///< of an alteration
  bool rebuilt = false;                 ///< the object stands on both sides
  std::string reason;
  std::set<std::string> around;  ///< of a rebuilt object: the alterations that it must not watch
  Stage stage = Stage::whole;
  const model::Object& object() const { return to != nullptr ? *to : *from; }
};

/// Who depends on what in a schema. Made when it is first asked for: a plan without changes needs none of it.
class Dependents {
 public:
  explicit Dependents(const model::Schema& schema) : schema_(schema) {}
  const std::vector<const model::Object*>& of(const std::string& key) const;

 private:
  const model::Schema& schema_;
  mutable std::unordered_map<std::string, std::vector<const model::Object*>> by_key_;
};

/// Changes of one sort by their objects' keys; a change is its place in the list.
using ChangeIndex = std::unordered_map<std::string, std::size_t>;
std::optional<std::size_t> find(const ChangeIndex& in, const std::string& key);

struct ChangeInput {
  const model::Schema* from = nullptr;
  const model::Schema* to = nullptr;
  const Dependents* dependents = nullptr;  ///< in `from`
  std::vector<diff::Difference> differences;
  int server_version = 150000;
  bool may_commit_ahead = false;  ///< as in model::Sides
};

/// What the kinds look at in a change, or in its way back.
model::Sides sides_of(const ChangeInput& input, const Change& change, bool backwards);

/// What an alteration means to those who read the object.
enum class Impact { none, disturbs, replaces };
Impact impact_of(const ChangeInput& input, const Change& alteration, bool backwards);
/// Whether an object is made again where what it reads is altered under it.
bool is_rebuilt(const model::Object& object);

/// Why an alteration is committed before the other steps of its plan begin; "" where it is not. Its way back meets the
/// schema as it was, but for what it has altered itself.
std::string_view why_ahead(const Change& change, const model::Sides& sides);

/// What goes for good with an object that is dropped, or replaced by `wanted`; "" for nothing.
std::string lost_with(const model::Object& standing, const model::Object* wanted);

/// All changes, drops and creates of rebuilt objects among them. Fails where something that holds rows would have to be
/// dropped to please a dependency, or cannot be brought from one state to the other.
Result<std::vector<Change>> expand(const ChangeInput& input);

/// Of a schema that stands on both sides: what watches one object change, or be replaced, is taken down and put back.
Result<std::vector<Change>> expand_around(const ChangeInput& standing, const model::Object& object, bool replaced);
/// The same for these objects, which are off while another one changes.
Result<std::vector<Change>> expand_off(const ChangeInput& standing, const std::set<std::string>& keys,
                                       const std::string& while_changes);

/// What a part of an object reads among objects of the same kind: a foreign key, and the table it points to.
struct PartRead {
  const model::Object* part;
  const model::Object* read;
};
std::vector<PartRead> reads_alike(const model::Object& object, const model::Schema& side);

}  // namespace segue::plan
