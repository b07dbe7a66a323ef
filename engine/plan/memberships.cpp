#include "plan/memberships.h"

#include "kinds/kinds.h"
#include "plan/group.h"

namespace segue::plan {

using model::Object;

Memberships::Memberships(const std::vector<Change>& changes) : changes_(changes) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Object& object = changes[i].object();
    if (object.kind == &kinds::partition) (changes[i].op == Change::Op::drop ? drops_ : creates_)[object.key] = i;
    const bool is_end = object.kind == &kinds::index || object.kind == &kinds::constraint;
    if (is_end && changes[i].op != Change::Op::alter)
      (changes[i].op == Change::Op::drop ? gone_ : made_).insert(object.key);
  }
}

bool Memberships::returns(const std::string& membership) const {
  const auto left = find(drops_, membership);
  const auto come = find(creates_, membership);
  const std::size_t parent = model::attribute(kinds::partition, "parent");
  return left && come && changes_[*left].from->text(parent) == changes_[*come].to->text(parent);
}

bool Memberships::is_bound_meanwhile(const Change& of_part) const {
  const Object& part = of_part.object();
  const std::string membership = model::key_of(kinds::partition, {part.names[0], part.names[1]});
  const ChangeIndex& moves = of_part.op == Change::Op::create ? creates_ : drops_;
  return moves.count(membership) == 0 || returns(membership);
}

std::optional<std::size_t> Memberships::maker_of(const Change& link) const {
  const Object& object = link.object();
  if (is_incomplete(object)) return std::nullopt;
  const std::set<std::string>& ends = link.op == Change::Op::drop ? gone_ : made_;
  const bool stands = ends.count(object.parent) == 0 && ends.count(object.kind->binds_parent_to(object)) == 0;
  for (const std::string& needed : object.depends) {
    const auto node = find(link.op == Change::Op::drop ? drops_ : creates_, needed);
    if (node && ((link.rebuilt && stands) || !returns(needed))) return node;
  }
  return std::nullopt;
}

}  // namespace segue::plan
