#include "source/dependents.h"

#include <algorithm>
#include <utility>

#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "model/whole.h"

namespace segue::source {
namespace {

using model::List;
using model::Object;

const List& list_of(const Object& object, std::string_view name) {
  return object.list(model::attribute(*object.kind, name));
}

/// What says something of another object, or binds two, and is nothing without them.
bool is_said(const Object& object) {
  const model::Kind* const kinds[] = {&kinds::trigger_state,      &kinds::default_privileges, &kinds::partition,
                                      &kinds::publication_schema, &kinds::replica_identity,   &kinds::clustering,
                                      &kinds::index_attachment};
  return model::is_aspect(object) || std::find(std::begin(kinds), std::end(kinds), object.kind) != std::end(kinds);
}

/// Made of columns of its table: index_create, CreateConstraintEntry and CreateStatistics record these as automatic,
/// but for the columns that a foreign key refers to.
bool is_made_of(const Object& object, const Object& column) {
  if (column.kind != &kinds::column || column.parent != object.parent) return false;
  if (object.kind == &kinds::index || object.kind == &kinds::statistics) return true;
  if (object.kind != &kinds::constraint) return false;
  const List& own = list_of(object, "columns");
  return object.text(model::attribute(kinds::constraint, "type")) != "foreign key" ||
         std::find(own.begin(), own.end(), column.name()) != own.end();
}

/// Whether it is left open which of the file's extensions brings what the object needs (Interpreter::type): it stays,
/// and if that is wrong the server says so.
bool needs_one_of_many(const Object& object) {
  const auto is_extension = [](const std::string& key) { return key.starts_with("extension "); };
  return object.kind != &kinds::extension &&
         std::count_if(object.depends.begin(), object.depends.end(), is_extension) > 1;
}

/// Of a link, what takes the linked object along: the parent of a partition, and of an index of one; "" for all else.
std::string bound_to(const Object& object) {
  if (object.kind == &kinds::partition) return object.depends.front();
  return object.kind->binds_parent_to != nullptr ? object.kind->binds_parent_to(object) : "";
}

}  // namespace

/// Before 15 all that the expression of a generated column uses takes the column along (heap.c StoreAttrDefault).
bool Dependents::is_generated_with(const Object& object) const {
  return server_version_ < 150000 && object.kind == &kinds::column &&
         object.has(model::attribute(kinds::column, "generated"));
}

Dependents::Hold Dependents::hold_of(const Object& object, const Object& needed) const {
  if (is_said(object) || is_made_of(object, needed)) return Hold::automatic;
  if (object.kind == &kinds::publication_table && kinds::is_table(needed)) return Hold::automatic;
  if (needed.kind == &kinds::extension && needs_one_of_many(object)) return Hold::none;
  return Hold::normal;
}

Dependents::Link Dependents::link(const Object& object) const {
  Link found;
  const auto consider = [&](const std::string& needed, Hold hold) {
    if (hold > found.hold) found = {hold, needed};
  };
  const auto goes = [&](const std::string& key) { return going_.count(key) != 0; };
  if (goes(object.parent)) {
    const bool is_in_schema = schema_.find(object.parent)->kind == &kinds::schema && !is_said(object);
    consider(object.parent, is_in_schema ? Hold::normal : Hold::automatic);
  }
  if (object.kind->dropped_with != nullptr && goes(object.kind->dropped_with(object)))
    consider(object.kind->dropped_with(object), Hold::automatic);
  for (const std::string& key : object.depends) {
    if (goes(key)) consider(key, hold_of(object, *schema_.find(key)));
  }
  for (const std::string& parent : kinds::is_table(object) ? list_of(object, "inherits") : List{}) {
    for (const char* kind : {"table ", "foreign table "}) {
      if (goes(kind + parent)) consider(kind + parent, Hold::normal);
    }
  }
  const auto reader = readers_.find(&object);
  if (reader == readers_.end()) return found;
  for (const std::string& key : reader->second->certain) {
    if (goes(key)) consider(key, is_generated_with(object) ? Hold::automatic : hold_of(object, *schema_.find(key)));
  }
  for (const std::string& key : reader->second->possible) {
    if (goes(key)) consider(key, Hold::possible);
  }
  return found;
}

/// The object with its parts, and what it holds on to so much that neither is without the other.
void Dependents::take(const std::string& key) {
  const Object* object = schema_.find(key);
  if (object == nullptr || !going_.insert(key).second) return;
  look_for(*object);
  if (object->kind != &kinds::schema) {
    for (const Object* child : schema_.children(key)) take(child->key);
  }
  if (going_.count(bound_to(*object)) != 0) take(object->parent);
  if (object->kind->made_with != nullptr) take(object->kind->made_with(*object));
}

/// Whoever uses it has its name in the text. Of a column, the name of its relation, since a star names none; what
/// belongs to the relation may name the column alone.
void Dependents::look_for(const Object& object) {
  if (is_said(object)) return;
  if (object.kind == &kinds::extension) words_.insert("");  // the names are those of its members
  if (object.kind != &kinds::column) {
    words_.insert(object.kind->signature ? object.names[object.names.size() - 2] : object.name());
    if (object.kind == &kinds::constraint) words_.insert(object.names[1]);  // GROUP BY names no key
    return;
  }
  words_.insert(object.names[1]);
  for (const Object* part : schema_.children(object.parent)) readers_.emplace(part, &uses_.of(*part));
  for (const Object& other : schema_.objects()) {
    if (other.kind == &kinds::publication_table) readers_.emplace(&other, &uses_.of(other));
  }
}

void Dependents::find_readers() {
  const std::set<std::string> words = std::exchange(words_, {});
  for (const Object& object : schema_.objects()) {
    if (readers_.count(&object) != 0) continue;
    const bool may_use = std::any_of(words.begin(), words.end(),
                                     [&](const std::string& word) { return UsesFinder::has_word(object, word); });
    if (may_use) readers_.emplace(&object, &uses_.of(object));
  }
}

Going Dependents::of(const std::vector<std::string>& dropped, bool cascade) {
  for (const std::string& key : dropped) take(key);
  Going result;
  for (std::size_t before = 0; before != going_.size();) {
    before = going_.size();
    find_readers();
    result = {};
    for (const Object& object : schema_.objects()) {
      if (going_.count(object.key) != 0) continue;
      const Link found = link(object);
      if (found.hold == Hold::automatic || (cascade && found.hold == Hold::normal)) {
        take(object.key);
      } else if (found.hold == Hold::normal && !result.held_by) {
        result.held_by = {object.key, found.needed};
      } else if (found.hold == Hold::possible && cascade) {
        result.uncertain.push_back({object.key, found.needed});
      }
    }
  }
  result.keys = std::move(going_);
  return result;
}

}  // namespace segue::source
