// What apply and rollback see of the database: the catalog, within the scope of their plan.
#include <algorithm>
#include <map>
#include <set>

#include "catalog/introspect.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "model/kind.h"
#include "model/whole.h"
#include "plan/planner.h"
#include "scope.h"
#include "segue_internal.h"

namespace segue {

using model::Object;

namespace {

/// What a plan looks at: everything, but of the kinds that the file never mentions only what it names itself.
class Watched {
 public:
  explicit Watched(const plan::Body& body) : left_alone_(body.left_alone.begin(), body.left_alone.end()) {
    if (left_alone_.empty()) return;
    for (const auto& [key, hash] : body.reads) add(key);
    for (const std::string& key : body.effects.removed) add(key);
    for (const auto* shapes : {&body.effects.added, &body.effects.altered}) {
      for (const auto& [key, shape] : *shapes) add(key);
    }
  }
  bool any_of(const model::Kind& kind) const {
    return left_alone_.count(kind.name) == 0 || named_.count(kind.name) != 0;
  }
  bool has(const Object& object) const {
    if (left_alone_.count(object.kind->name) == 0) return true;
    const auto of_kind = named_.find(object.kind->name);
    return of_kind != named_.end() && of_kind->second.count(object.key) != 0;
  }

 private:
  /// A key begins with the name of its kind.
  void add(const std::string& key) {
    for (const std::string_view kind : left_alone_) {
      if (key.size() > kind.size() && key.rfind(kind, 0) == 0 && key[kind.size()] == ' ') named_[kind].insert(key);
    }
  }

  std::set<std::string_view> left_alone_;
  std::map<std::string_view, std::set<std::string>> named_;
};

/// Whether an extension that the plan makes, or drops and brings back, brings it: only the server knows what privileges
/// its members come with.
bool comes_with_extension(const Object& object, const plan::Effects& effects) {
  const auto names = [&](const std::string& key) {
    return effects.added.count(key) != 0 ||
           std::find(effects.removed.begin(), effects.removed.end(), key) != effects.removed.end();
  };
  return object.kind == &kinds::initial_privileges && names(object.parent) && !names(object.key);
}

/// Of a partition's membership, or a table that inherits.
std::vector<std::string> tables_above(const Object& object, const model::Schema& live) {
  std::vector<std::string> keys;
  if (object.kind != &kinds::partition && !kinds::is_table(object)) return keys;
  for (const std::string& needed : object.depends) {
    const Object* above = live.find(needed);
    if (above != nullptr && kinds::is_table(*above)) keys.push_back(needed);
  }
  return keys;
}

class CatalogInspector final : public exec::Inspector {
 public:
  Result<exec::Snapshot> snapshot(Session& session, const plan::Body& body) override {
    const Watched watched(body);
    auto live = catalog::introspect(session, [&](const model::Kind& kind) { return watched.any_of(kind); });
    if (!live) return live.failure();
    exec::Snapshot snapshot;
    for (const Object& object : live->schema.objects()) {
      if (!watched.has(object) || is_excluded(object, live->schema, body.exclude)) continue;
      if (comes_with_extension(object, body.effects)) continue;
      const Object& whole = model::whole_of(object, live->schema);
      snapshot.emplace(object.key,
                       exec::ObjectState{plan::object_hash(object), plan::live_shape(object),
                                         &whole == &object ? "" : whole.key, tables_above(object, live->schema)});
    }
    last_ = std::move(*live);
    return snapshot;
  }

  std::string describe(const std::string& key) override {
    const Object* object = last_.schema.find(key);
    if (object == nullptr) return "";
    std::string text;
    for (std::size_t i = 0; i < object->values.size(); ++i) {
      const model::Attribute& attribute = object->kind->attributes[i];
      if (attribute.change == model::Change::derived || !object->has(i)) continue;
      const std::string value =
          attribute.type == model::Type::definition ? object->definition(i).text : model::to_text((*object)[i]);
      text += (text.empty() ? "now " : ", ") + std::string(attribute.name) + " " + value.substr(0, 200);
    }
    return text;
  }

 private:
  catalog::Live last_;
};

}  // namespace

std::unique_ptr<exec::Inspector> make_inspector() { return std::make_unique<CatalogInspector>(); }

}  // namespace segue
