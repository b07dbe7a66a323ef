#include "plan/followers.h"

#include <algorithm>
#include <set>

#include "kinds/kinds.h"
#include "kinds/relation.h"

namespace segue::plan {

using model::Object;

namespace {

/// Columns, constraints and indexes of a table: those of partitions and children come of them.
bool comes_down(const Object& part) { return part.kind->implied_by != nullptr || part.kind == &kinds::index; }

/// The file names what it holds; what was added to its side stands nowhere in it.
bool is_named(const Object& link, const model::Schema& to) {
  const Object* after = to.find(link.key);
  return after == nullptr || !after->origin.file.empty();
}

}  // namespace

std::map<std::string, std::vector<std::string>> tables_with_followers(const std::vector<Change>& changes,
                                                                      const model::Schema& from,
                                                                      const model::Schema& to) {
  std::set<std::string> changed;
  for (const Change& change : changes) {
    if (comes_down(change.object())) changed.insert(change.object().parent);
  }
  std::map<std::string, std::vector<std::string>> found;
  std::set<std::string> followed;
  for (const Object& object : from.objects()) {
    if (object.kind != &kinds::partition && !kinds::is_table(object)) continue;
    for (const std::string& above : object.depends) {
      if (changed.count(above) == 0) continue;
      found[above].push_back(object.key);
      if (!is_named(object, to)) followed.insert(above);
    }
  }
  std::erase_if(found, [&](const auto& one) { return followed.count(one.first) == 0; });
  return found;
}

}  // namespace segue::plan
