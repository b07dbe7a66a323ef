// Options under a foreign data wrapper that gets a validator. As it comes it looks at none of them; from then on, at
// all that an object has whenever one is said (foreigncmds.c AlterForeignDataWrapper, transformGenericOptions).
#include <algorithm>

#include "kinds/kinds.h"
#include "plan/edges.h"

namespace segue::plan {

using model::Object;

namespace {

bool reads(const Object& object, const std::string& key) {
  return std::find(object.depends.begin(), object.depends.end(), key) != object.depends.end();
}

/// A server, or what has options of its own behind one.
bool has_options_under(const Object& object, const std::string& wrapper, const model::Schema& side) {
  if (object.kind == &kinds::server) return reads(object, wrapper);
  const Object* holder = object.kind == &kinds::column ? side.find(object.parent) : &object;
  if (holder == nullptr || (holder->kind != &kinds::foreign_table && holder->kind != &kinds::user_mapping))
    return false;
  return std::any_of(holder->depends.begin(), holder->depends.end(), [&](const std::string& key) {
    const Object* server = side.find(key);
    return server != nullptr && server->kind == &kinds::server && reads(*server, wrapper);
  });
}

}  // namespace

bool Edges::gets_validator(const Change& change) {
  static const std::size_t validator = model::attribute(kinds::foreign_data_wrapper, "validator");
  return change.op == Change::Op::alter && change.to->kind == &kinds::foreign_data_wrapper &&
         change.to->has(validator) && !change.from->has(validator);
}

/// What it may refuse goes while there is none, which is so on the way back again.
void Edges::add_edges_of_validators() {
  for (const auto& [wrapper, node] : alters_) {
    if (!gets_validator(changes_[node])) continue;
    for (const auto& [key, other] : alters_) {
      if (has_options_under(*changes_[other].to, wrapper, *input_.to)) graph_.add_edge(other, node);
    }
  }
}

}  // namespace segue::plan
