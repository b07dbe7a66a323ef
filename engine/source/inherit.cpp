// What one table gets from another: inheritance, partitions, LIKE, and keys made of indexes.
#include <algorithm>

#include "base/quote.h"
#include "kinds/inherited_checks.h"
#include "kinds/kinds.h"
#include "kinds/not_null.h"
#include "kinds/relation.h"
#include "kinds/target.h"
#include "source/interpreter.h"

namespace segue::source {

using model::List;
using model::Object;

namespace {

std::size_t at(const Object& object, std::string_view name) { return model::attribute(*object.kind, name); }

using kinds::is_key;

bool is_exclusion(const Object& object) {
  return object.kind == &kinds::constraint && object.text(at(object, "type")) == "exclude";
}
bool is_kept_by_index(const Object& object) { return is_key(object) || is_exclusion(object); }
bool is_check(const Object& object) {
  return object.kind == &kinds::constraint && object.text(at(object, "type")) == "check";
}

void add_parent(Object& object, const std::string& parent_key) {
  const std::size_t attribute = at(object, "inherited_from");
  List from = object.list(attribute);
  if (std::find(from.begin(), from.end(), parent_key) == from.end()) from.push_back(parent_key);
  object[attribute] = std::move(from);
}

void remove_parent(Object& object, const std::string& parent_key) {
  const std::size_t attribute = at(object, "inherited_from");
  List from = object.list(attribute);
  std::erase(from, parent_key);
  object[attribute] = std::move(from);
}

}  // namespace

/// What an object of one relation needs, as the same object of another one would.
List Interpreter::needs_below(const Object& original, const Object& to) {
  const Object* of = schema().find(original.parent);
  const std::string from_prefix =
      original.names[0] + "\n" + (of != nullptr && of->names.size() >= 2 ? of->names[1] : "");
  List needs = original.depends;
  for (std::string& needed : needs) {
    const Object* target = schema().find(needed);
    if (target == nullptr || target->names.size() != 3) continue;
    if (target->names[0] + "\n" + target->names[1] != from_prefix) continue;
    needed = model::key_of(*target->kind, {to.names[0], to.names[1], target->name()});
  }
  return needs;
}

/// The same object on another relation: its names, its parent, and what it says of its relation.
Object* Interpreter::copy_child(const Object& original, Object& to, std::vector<std::string> names) {
  const Object* of = schema().find(original.parent);
  Object copy = original;
  copy.names = std::move(names);
  copy.key = model::key_of(*copy.kind, copy.names);
  copy.parent = of != nullptr && of->names.size() == 3
                    ? model::key_of(*of->kind, {to.names[0], to.names[1], of->name()})
                    : to.key;
  copy.depends = needs_below(original, to);
  for (std::size_t i = 0; i < copy.kind->attributes.size(); ++i) {
    if (copy.kind->attributes[i].name == "table") copy[i] = kinds::relation_address(to);
    if (copy.kind->attributes[i].name == "inherited_from") copy[i] = List{};
  }
  return add(std::move(copy));
}

/// An index, or a constraint that one keeps; what ANALYZE goes by is not copied (generateClonedIndexStmt).
Object* Interpreter::copy_index(const Object& original, Object& to, const std::string& name) {
  const bool is_constraint = original.kind == &kinds::constraint;
  Object* copy = copy_child(original, to,
                            is_constraint ? std::vector<std::string>{to.names[0], to.names[1], name}
                                          : std::vector<std::string>{to.names[0], name});
  if (copy != nullptr && copy->kind == &kinds::index) (*copy)[at(*copy, "statistics")] = List{};
  return copy;
}

void Interpreter::inherit_column(const Object& original, Object& child, bool as_partition) {
  const std::vector<std::string> names = {child.names[0], child.names[1], original.name()};
  Object* own = schema().find(model::key_of(kinds::column, names));
  const bool is_new = own == nullptr;
  if (is_new) {
    own = copy_child(original, child, names);
    if (own == nullptr) return;
    (*own)[at(*own, "local")] = as_partition;
    // tablecmds.c MergeAttributes hands down storage and compression, and not what ANALYZE goes by
    (*own)[at(*own, "statistics")] = {};
    if (child.kind == &kinds::foreign_table) (*own)[at(*own, "compression")] = {};  // it has, and cannot change it
    (*own)[at(*own, "options")] = List{};
    (*own)[at(*own, "foreign_options")] = List{};
    // identity is not inherited (tablecmds.c MergeAttributes); from 17 on a partition shares that of its parent
    (*own)[at(*own, "identity")] = {};
    (*own)[at(*own, "identity_sequence")] = {};
    (*own)[at(*own, "identity_options")] = List{};
    (*own)[at(*own, "sequence_persistence")] = {};
  } else if (original.flag(at(original, "not_null"))) {
    kinds::set_not_null(*own, server_version(), original.text(at(original, "not_null_name")));
  }
  // tablecmds.c MergeAttributes: the first parent that has a default hands it down to a new table
  const Object* of = schema().find(model::key_of(kinds::column_default, original.names));
  const bool takes_default = is_new || made_now(child);
  if (takes_default && of != nullptr && !schema().contains(model::key_of(kinds::column_default, names)))
    copy_child(*of, child, names);
  add_parent(*own, original.key);
}

/// A new table has no row that would not fit (tablecmds.c MergeAttributes, expandTableLikeClause).
void mark_valid(Object& check) { check[at(check, "not_valid")] = false; }

/// A check comes down to partitions and children; in a plain child it is nothing of its own (Kind constraint, query).
void Interpreter::inherit_checks(Object& child, const Object& parent, bool as_partition) {
  for (const Object* original : schema().children(parent.key)) {
    if (!is_check(*original) || original->flag(at(*original, "no_inherit"))) continue;
    const std::vector<std::string> names = {child.names[0], child.names[1], original->name()};
    Object* own = schema().find(model::key_of(kinds::constraint, names));
    if (own == nullptr && as_partition) {
      own = copy_child(*original, child, names);
      if (own != nullptr && made_now(child)) mark_valid(*own);
    }
    if (own != nullptr) add_parent(*own, original->key);
  }
}

/// tablecmds.c rename_constraint_internal: what has come down from it takes the name as well.
void Interpreter::rename_constraint(Object& constraint, const std::string& to) {
  const std::string from = constraint.name();
  Object& relation = *schema().find(constraint.parent);
  rename_object(constraint, {relation.names[0], relation.names[1], to});
  for (Object* child : inheritors(relation)) {
    Object* own = schema().find(model::key_of(kinds::constraint, {child->names[0], child->names[1], from}));
    if (own == nullptr || !is_check(*own)) continue;
    const List& parents = own->list(at(*own, "inherited_from"));
    if (std::find(parents.begin(), parents.end(), constraint.key) != parents.end()) rename_constraint(*own, to);
  }
}

void Interpreter::inherit(Object& child, Object& parent, bool as_partition) {
  std::vector<std::string>& list = inheritors_[parent.key];
  const bool partition = as_partition || schema().contains(model::key_of(kinds::partition, child.names));
  const bool is_new = std::find(list.begin(), list.end(), child.key) == list.end();
  if (is_new) list.push_back(child.key);
  for (std::size_t i = 0; i < parent.kind->attributes.size(); ++i) {
    if (parent.kind->attributes[i].name == "has_children") parent[i] = true;
  }
  for (const Object* original : schema().children(parent.key)) {
    if (original->kind == &kinds::column) inherit_column(*original, child, partition);
  }
  inherit_checks(child, parent, partition);
  if (partition && is_new) attach_indexes(child, parent);
  for (Object* grandchild : inheritors(child)) inherit(*grandchild, child, false);
}

/// What came down from the parent alone is the child's own from now on (tablecmds.c RemoveInheritance).
void Interpreter::keep_checks(Object& child, const Object& parent) {
  if (!kinds::is_table(child)) return;
  Object before = child;
  List parents = child.list(at(child, "inherits"));
  parents.push_back(kinds::relation_address(parent));
  before[at(child, "inherits")] = std::move(parents);
  for (const std::string& key : kinds::moved_checks(before, child, schema(), schema()).left) {
    const Object* original = schema().find(key);
    copy_child(*original, child, {child.names[0], child.names[1], original->name()});
  }
}

void Interpreter::disinherit(Object& child, Object& parent) {
  std::erase(inheritors_[parent.key], child.key);
  keep_checks(child, parent);
  for (Object* own : schema().children(child.key)) {
    if (own->kind != &kinds::column && own->kind != &kinds::constraint) continue;
    remove_parent(*own, model::key_of(*own->kind, {parent.names[0], parent.names[1], own->name()}));
    if (own->kind == &kinds::column) (*own)[at(*own, "local")] = true;
  }
  // DetachPartition: its indexes stand on their own again, and the triggers from above are gone with what was said of
  // them
  const std::string membership = model::key_of(kinds::partition, child.names);
  List gone;
  for (const Object& object : std::as_const(schema()).objects()) {
    if (std::count(object.depends.begin(), object.depends.end(), membership) != 0) gone.push_back(object.key);
  }
  for (const std::string& key : gone) schema().remove(key);
}

std::vector<Object*> Interpreter::inheritors(const Object& parent) {
  std::vector<Object*> found;
  const auto list = inheritors_.find(parent.key);
  if (list == inheritors_.end()) return found;
  for (const std::string& key : list->second) {
    if (Object* object = schema().find(key)) found.push_back(object);
  }
  return found;
}

// -- indexes of partitions --------------------------------------------------------------------------------------------

namespace {

/// A key's index beside one that no constraint has: of the default method, with the defaults of its columns.
bool is_index_of_key(const Object& key, const Object& index) {
  if (!is_key(key) || index.kind != &kinds::index) return false;
  const auto all_empty = [&](std::string_view name) {
    const List& list = index.list(at(index, name));
    return std::all_of(list.begin(), list.end(), [](const std::string& one) { return one.empty(); });
  };
  return index.flag(at(index, "unique")) && index.text(at(index, "method")) == "btree" &&
         !index.has(at(index, "predicate")) && all_empty("collations") && all_empty("opclasses") &&
         index.list(at(index, "keys")) == key.list(at(key, "columns")) &&
         index.list(at(index, "included")) == key.list(at(key, "included")) &&
         index.flag(at(index, "nulls_not_distinct")) == key.flag(at(key, "nulls_not_distinct"));
}

/// tablecmds.c AttachPartitionEnsureIndexes: when a check is made does not count, and until 17 neither does which of
/// the two keys it is.
bool same_key(const Object& a, const Object& b, int server_version) {
  const auto same = [&](std::string_view name) { return a[at(a, name)] == b[at(b, name)]; };
  return same("columns") && same("included") && same("nulls_not_distinct") && (server_version < 170000 || same("type"));
}

/// index.c CompareIndexInfo: the same keys in the same order; names, storage and directions do not count. The index of
/// a constraint goes with one that no constraint has, and not the other way round (AttachPartitionEnsureIndexes).
bool same_index(const Object& a, const Object& b, int server_version) {
  if (a.kind != b.kind) return is_index_of_key(a, b);
  if (is_key(a) && is_key(b)) return same_key(a, b, server_version);
  for (std::size_t i = 0; i < a.kind->attributes.size(); ++i) {
    const std::string_view name = a.kind->attributes[i].name;
    if (name == "table" || name == "options" || name == "tablespace" || name == "statistics" ||
        name == "inherited_from" || name == "directions")
      continue;
    if (a[i] != b[i]) return false;
  }
  return true;
}

List column_names(const Object& index) {
  if (index.kind != &kinds::constraint) return index.list(at(index, "column_names"));
  if (is_exclusion(index)) return index.list(at(index, "key_names"));
  List names = index.list(at(index, "columns"));
  for (const std::string& name : index.list(at(index, "included"))) names.push_back(name);
  return names;
}

}  // namespace

/// tablecmds.c AttachPartitionEnsureIndexes: an index that fits is attached, with what is attached to it; another is
/// made, and those of the partition's own partitions with it (DefineIndex).
void Interpreter::attach_index(Object& child, Object& parent_index) {
  if (child.kind == &kinds::foreign_table) return;  // it has no indexes, and needs none
  Object* own = nullptr;
  for (Object* candidate : schema().children(child.key)) {
    const bool attached =
        schema().contains(model::key_of(kinds::index_attachment, {child.names[0], candidate->name()}));
    if (!attached && own == nullptr && same_index(*candidate, parent_index, server_version()) &&
        is_complete(*candidate))
      own = candidate;
  }
  const bool is_made = own == nullptr;
  if (is_made) {
    const bool primary = is_key(parent_index) && parent_index.text(at(parent_index, "type")) == "primary key";
    std::string addition = join(column_names(parent_index), "_");
    addition = addition.substr(0, std::min<std::size_t>(addition.size(), 63));
    const std::string name = primary ? choose_relation_name(child.name(), "", "pkey", child.names[0], true)
                             : parent_index.kind == &kinds::constraint
                                 ? choose_relation_name(child.name(), addition, "key", child.names[0], true)
                                 : choose_relation_name(child.name(), addition, "idx", child.names[0], false);
    own = copy_index(parent_index, child, name);
  }
  if (own == nullptr) return;
  dispatch("IndexAttached", {}, &parent_index, nullptr, own->key);
  for (Object* grandchild : is_made ? inheritors(child) : std::vector<Object*>{}) attach_index(*grandchild, *own);
}

void Interpreter::attach_indexes(Object& child, const Object& parent) {
  for (Object* original : schema().children(parent.key)) {
    if (original->kind == &kinds::index || is_key(*original)) attach_index(child, *original);
  }
}

/// DefineIndex on a partitioned table makes the index of every partition, unless the statement said ONLY.
void Interpreter::index_made(const std::string& key) {
  Object* made = schema().find(key);
  if (made == nullptr || only_) return;
  const Object* of = schema().find(made->parent);
  if (of == nullptr || !kinds::is_partitioned(of)) return;
  for (Object* child : inheritors(*of)) attach_index(*child, *made);
}

/// Whether every partition has an index that is bound to this one: else it is not valid (tablecmds.c
/// validatePartitionedIndex).
bool Interpreter::is_complete(const Object& index) {
  const Object* of = schema().find(index.parent);
  if (of == nullptr || !kinds::is_partitioned(of)) return true;
  const auto partitions = inheritors(*of);
  return std::all_of(partitions.begin(), partitions.end(), [&](const Object* partition) {
    const auto parts = schema().children(partition->key);
    return std::any_of(parts.begin(), parts.end(), [&](const Object* part) {
      const Object* link = schema().find(model::key_of(kinds::index_attachment, {part->names[0], part->name()}));
      return link != nullptr && link->parent == part->key && link->kind->binds_parent_to(*link) == index.key &&
             is_complete(*part);
    });
  });
}

void Interpreter::mark_incomplete_links() {
  for (Object& object : schema().objects()) {
    if (object.kind != &kinds::index_attachment) continue;
    const Object* own = schema().find(object.parent);
    object[at(object, "incomplete")] = own != nullptr && !is_complete(*own);
  }
}

// -- LIKE -------------------------------------------------------------------------------------------------------------

/// What a copied index is called, or the constraint that keeps it (indexcmds.c ChooseIndexName).
std::string Interpreter::name_of_index_like(const Object& original, const Object& to) {
  const bool constraint = original.kind == &kinds::constraint;
  const bool primary = is_key(original) && original.text(at(original, "type")) == "primary key";
  std::string addition = join(column_names(original), "_");
  addition = addition.substr(0, std::min<std::size_t>(addition.size(), 63));
  return choose_relation_name(to.name(), primary ? "" : addition,
                              primary                  ? "pkey"
                              : is_exclusion(original) ? "excl"
                              : constraint             ? "key"
                                                       : "idx",
                              to.names[0], constraint);
}

/// A copied identity counts for itself: the sequence's options are copied, its type is not, it is the default one.
void Interpreter::give_identity_like(Object& copy, const Object& to) {
  copy[at(copy, "identity_sequence")] =
      quote_qualified(to.names[0], choose_relation_name(to.name(), copy.name(), "seq", to.names[0], false));
  identity_made(copy);
  copy[at(copy, "sequence_persistence")] = {};
  List& sequence = std::get<List>(copy[at(copy, "identity_options")]);
  if (sequence.size() == 6 && copy.text(at(copy, "type")) != "bigint") sequence.emplace_back("bigint");
}

void Interpreter::copy_attributes(const Object& type, const Object& to) {
  for (const Object* attribute : schema().children(type.key)) {
    if (attribute->kind != &kinds::composite_attribute) continue;
    Object column = model::make_object(kinds::column, {to.names[0], to.names[1], attribute->name()}, to.key);
    for (const std::string_view name : {"type", "collation"})
      column[at(column, name)] = (*attribute)[at(*attribute, name)];
    column[at(column, "local")] = true;
    column.depends = attribute->depends;
    add(std::move(column));
  }
}

namespace {

/// parsenodes.h TableLikeOption. Not-null comes along always (parse_utilcmd.c transformTableLikeClause).
enum LikeOption : std::int64_t {
  comments = 1,
  compression = 2,
  constraints = 4,
  defaults = 8,
  generated = 16,
  identity = 32,
  indexes = 64,
  statistics = 128,
  storage = 256
};

void clear(Object& object, std::string_view name) {
  const std::size_t i = at(object, name);
  object[i] = object.kind->attributes[i].type == model::Type::list ? model::Value{List{}} : model::Value{};
}

/// Takes from a copied column what the options leave out, and what is never copied.
void strip(Object& column, std::int64_t options) {
  for (const std::string_view never : {"statistics", "options", "foreign_options"}) clear(column, never);
  const std::pair<std::string_view, LikeOption> optional[] = {{"generated", generated},
                                                              {"generated_kind", generated},
                                                              {"storage", storage},
                                                              {"compression", compression},
                                                              {"identity", identity}};
  for (const auto& [name, option] : optional) {
    if ((options & option) == 0) clear(column, name);
  }
  if (column.has(at(column, "identity"))) return;
  for (const std::string_view of_identity : {"identity_sequence", "identity_options", "sequence_persistence"})
    clear(column, of_identity);
}

}  // namespace

void Interpreter::copy_like(const sql::Node& node) {
  const std::int64_t options = node.number("options");
  Object* to = relation_;
  const Object* from = find_relation(node["relation"], false);
  if (from == nullptr || to == nullptr) return;
  if (from->kind == &kinds::composite_type) return copy_attributes(*from, *to);
  if (from->kind == &kinds::view || from->kind == &kinds::materialized_view)
    return error(node, "LIKE " + from->key + " copies columns whose types the server alone knows",
                 "write the columns out");
  // of a constraint that an index keeps, the index's comment is copied and its own is not (generateClonedIndexStmt)
  const auto copy_comment = [&](const Object& original, const Object& copy) {
    const auto names_on = [](const Object& object) {
      return is_kept_by_index(object) ? kinds::on_index_of(kinds::comment, object).names : std::vector{object.key};
    };
    const Object* of =
        (options & comments) != 0 ? schema().find(model::key_of(kinds::comment, names_on(original))) : nullptr;
    if (of == nullptr) return;
    Object comment = *of;
    comment.names = names_on(copy);
    comment.key = model::key_of(kinds::comment, comment.names);
    comment.parent = copy.key;
    add(std::move(comment));
  };
  for (const Object* original : schema().children(from->key)) {
    const std::vector<std::string> names = {to->names[0], to->names[1], original->name()};
    if (original->kind == &kinds::column) {
      Object* copy = copy_child(*original, *to, names);
      if (copy == nullptr) continue;
      (*copy)[at(*copy, "local")] = true;
      strip(*copy, options);
      if (copy->has(at(*copy, "identity"))) give_identity_like(*copy, *to);
      const Object* value = schema().find(model::key_of(kinds::column_default, original->names));
      if (value != nullptr && (options & defaults) != 0) copy_child(*value, *to, names);
      copy_comment(*original, *copy);
    }
  }
  for (const Object* original : schema().children(from->key)) {
    if (is_check(*original) && (options & constraints) != 0) {
      Object* copy = copy_child(*original, *to, {to->names[0], to->names[1], original->name()});
      if (copy == nullptr) continue;
      mark_valid(*copy);
      copy_comment(*original, *copy);
    }
    if ((options & indexes) == 0 || !(original->kind == &kinds::index || is_kept_by_index(*original))) continue;
    const std::string name = name_of_index_like(*original, *to);
    const Object* copy = copy_index(*original, *to, name);
    if (copy != nullptr) copy_comment(*original, *copy);
  }
  for (const Object* original : schema().children(from->key)) {
    if ((options & statistics) == 0 || original->kind != &kinds::statistics) continue;
    if (const Object* copy = copy_statistics(*original, *to)) copy_comment(*original, *copy);
  }
}

/// parse_utilcmd.c generateClonedExtStatsStmt.
const Object* Interpreter::copy_statistics(const Object& original, Object& to) {
  dispatch("StatisticsLike", {}, &to, nullptr, original.key);
  const Object* last = nullptr;
  for (const Object* child : schema().children(to.key)) {
    if (child->kind == &kinds::statistics) last = child;
  }
  return last;
}

/// ALTER TABLE … ADD PRIMARY KEY USING INDEX: the index becomes the constraint's (ATExecAddIndexConstraint).
void Interpreter::key_using_index(const sql::Node& node) {
  Object* to = relation_;
  if (to == nullptr) return;
  const Object* found = relation_named(to->names[0], std::string(node.text("indexname")));
  if (found == nullptr || found->kind != &kinds::index)
    return error(node, "index " + quote_identifier(node.text("indexname")) + " does not exist", "");
  const Object behind = *found;
  schema().remove(behind.key);
  const std::string name(node.text("conname").empty() ? behind.name() : std::string(node.text("conname")));
  Object object = model::make_object(kinds::constraint, {to->names[0], to->names[1], name}, to->key);
  const bool primary = node.text("contype") == "CONSTR_PRIMARY";
  object[at(object, "type")] = std::string(primary ? "primary key" : "unique");
  object[at(object, "columns")] = behind.list(at(behind, "keys"));
  object[at(object, "included")] = behind.list(at(behind, "included"));
  object[at(object, "nulls_not_distinct")] = behind.flag(at(behind, "nulls_not_distinct"));
  object[at(object, "options")] = behind.list(at(behind, "options"));
  object[at(object, "deferrable")] = node.flag("deferrable") || node.flag("initdeferred");
  object[at(object, "initially_deferred")] = node.flag("initdeferred");
  object.depends = behind.depends;
  for (const std::string& key : primary ? behind.list(at(behind, "keys")) : List{}) {
    Object* column_of = schema().find(model::key_of(kinds::column, {to->names[0], to->names[1], key}));
    if (column_of != nullptr) kinds::set_not_null(*column_of, server_version());
  }
  add(std::move(object));
}

}  // namespace segue::source
