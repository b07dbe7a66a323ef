#include "unfilled.h"

#include "kinds/kinds.h"

namespace segue {

using model::Object;

namespace {

bool holds_no_data(const Object& object) {
  static const std::size_t populated = model::attribute(kinds::materialized_view, "populated");
  return object.kind == &kinds::materialized_view && !object.flag(populated);
}

using Reads = std::function<std::vector<std::string>(const Object&)>;

bool reads_no_data(const Object& reader, const model::Schema& schema, const Reads& reads) {
  std::set<std::string> seen;
  std::vector<const Object*> open = {&reader};
  while (!open.empty()) {
    const Object* over = open.back();
    open.pop_back();
    for (const std::string& key : reads(*over)) {
      const Object* read = schema.find(key);
      const bool is_view = read != nullptr && (read->kind == &kinds::view || read->kind == &kinds::materialized_view);
      if (!is_view || !seen.insert(key).second) continue;
      if (holds_no_data(*read)) return true;
      open.push_back(read);
    }
  }
  return false;
}

std::set<std::string> leave_unfilled_in(model::Schema& schema, const Reads& reads) {
  static const std::size_t populated = model::attribute(kinds::materialized_view, "populated");
  bool any = false;
  for (const Object& object : schema.objects()) any = any || holds_no_data(object);
  std::set<std::string> left;
  if (!any) return left;
  for (const Object& object : schema.objects()) {
    const bool filled = object.kind == &kinds::materialized_view && object.flag(populated);
    if (filled && reads_no_data(object, schema, reads)) left.insert(object.key);
  }
  for (const std::string& key : left) (*schema.find(key))[populated] = false;
  return left;
}

}  // namespace

std::set<std::string> leave_unfilled(model::Schema& live, model::Schema& desired, const Reads& reads) {
  leave_unfilled_in(live, [](const Object& view) { return view.depends; });
  return leave_unfilled_in(desired, reads);
}

void warn_of_unfilled(const std::set<std::string>& unfilled, plan::Body& body) {
  for (const plan::Step& step : body.steps) {
    for (const std::string& key : step.changes) {
      if (unfilled.count(key) == 0) continue;
      body.warnings.push_back(key +
                              ": comes WITH NO DATA, since a materialized view that it reads holds none; REFRESH "
                              "MATERIALIZED VIEW fills that one, and then this");
    }
  }
}

}  // namespace segue
