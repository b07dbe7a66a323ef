// Constraints as the statements of a file make and alter them: parse_utilcmd.c transformIndexConstraints and its like.
#include <algorithm>

#include "base/quote.h"
#include "kinds/constraint_parts.h"
#include "kinds/index_names.h"
#include "kinds/kinds.h"
#include "kinds/not_null.h"
#include "kinds/reader.h"
#include "kinds/relation.h"
#include "sql/script.h"

namespace segue::kinds::constraint_parts {
namespace {

using model::Definition;
using model::List;
using model::Object;

List key_columns(const sql::Node& node, std::string_view field, const Object* of) {
  List list = sql::strings(node.list(field));
  if (list.empty() && of != nullptr) list.push_back(of->name());
  return list;
}

/// indexcmds.c ChooseIndexNameAddition: the columns' names with underscores between them.
std::string addition(const List& names) {
  std::string text = join(names, "_");
  return text.substr(0, std::min<std::size_t>(text.size(), 63));
}

Object start(const sql::Node&, const std::string& name, const char* kind, DesiredReader& reader) {
  const Object& relation = *reader.relation();
  Object object = model::make_object(constraint, {relation.names[0], relation.names[1], name}, relation.key);
  object[type] = std::string(kind);
  return object;
}

/// What the grammar of 18 knows and no attribute says. That of older ones has no such fields.
bool is_left_alone(const sql::Node& node, DesiredReader& reader) {
  const std::string name = "constraint " + quote_identifier(node.text("conname")) + " of " + reader.relation()->key;
  const bool over_periods = node.flag("without_overlaps") || node.flag("fk_with_period") || node.flag("pk_with_period");
  if (over_periods)
    reader.unmodelled(name, "segue does not model keys over periods of time (WITHOUT OVERLAPS, PERIOD)");
  const bool can_be_unenforced = node.text("contype") == "CONSTR_CHECK" || node.text("contype") == "CONSTR_FOREIGN";
  const bool enforced = sql::grammar_version() < 18 || !can_be_unenforced || node.flag("is_enforced");
  if (!enforced) reader.unmodelled(name, "segue does not model NOT ENFORCED");
  return over_periods || !enforced;
}

void read_deferral(const sql::Node& node, Object& object) {
  object[deferrable] = node.flag("deferrable") || node.flag("initdeferred");
  object[initially_deferred] = node.flag("initdeferred");
}

/// parse_utilcmd.c transformCheckConstraints, transformFKConstraints: a table that the statement makes has no row to
/// check, whatever it says; those of a foreign table are elsewhere.
bool is_left_unchecked(const sql::Node& node, DesiredReader& reader) {
  const Object& relation = *reader.relation();
  return node.flag("skip_validation") && (relation.kind == &foreign_table || !reader.made_now(relation));
}

void need_columns(const List& names, Object& object, const sql::Node& node, DesiredReader& reader) {
  for (const std::string& name : names) {
    std::string key = model::key_of(column, {object.names[0], object.names[1], name});
    if (!reader.schema().contains(key)) {
      reader.error(node, "column " + quote_identifier(name) + " named in the key does not exist",
                   "add the column to " + reader.relation()->key + ", or take it out of the key");
      continue;
    }
    object.depends.push_back(std::move(key));
  }
}

bool same_deferral(const Object& object, const sql::Node& node) {
  return object.flag(deferrable) == (node.flag("deferrable") || node.flag("initdeferred")) &&
         object.flag(initially_deferred) == node.flag("initdeferred");
}

/// parse_utilcmd.c transformIndexConstraints: of two equal keys in one CREATE TABLE one is made, under the name that is
/// given; ALTER TABLE looks at each of its commands alone (ATParseTransformCmd).
bool stands_already(const sql::Node& node, const List& keys, DesiredReader& reader) {
  if (!reader.made_now(*reader.relation())) return false;
  for (Object* child : reader.schema().children(reader.relation()->key)) {
    if (!is_key(*child) || !reader.made_now(*child) || child->list(columns) != keys) continue;
    if (child->list(included) != sql::strings(node.list("including")) ||
        child->flag(nulls_not_distinct) != node.flag("nulls_not_distinct"))
      continue;
    if (same_deferral(*child, node)) return true;
  }
  return false;
}

/// The same of two equal EXCLUDE; `text` is the clause, without what is added behind it.
bool excludes_already(const sql::Node& node, const std::string& text, DesiredReader& reader) {
  if (!reader.made_now(*reader.relation())) return false;
  const auto children = reader.schema().children(reader.relation()->key);
  return std::any_of(children.begin(), children.end(), [&](const Object* child) {
    return child->kind == &constraint && child->text(type) == "exclude" && reader.made_now(*child) &&
           child->definition(exclusion).text == text && same_deferral(*child, node);
  });
}

const Object* primary_key_of(const Object& relation, DesiredReader& reader) {
  for (const Object* child : reader.schema().children(relation.key)) {
    if (child->kind == &constraint && child->text(type) == "primary key") return child;
  }
  return nullptr;
}

void read_key(const sql::Node& node, DesiredReader& reader, bool primary) {
  if (is_left_alone(node, reader)) return;
  const Object& relation = *reader.relation();
  if (primary && primary_key_of(relation, reader) != nullptr)
    return reader.error(node, relation.key + " is given a second primary key", "leave one of them out");
  if (!node.text("indexname").empty()) return reader.dispatch("KeyUsingIndex", node, reader.relation());
  const List keys = key_columns(node, "keys", reader.column());
  if (!primary && stands_already(node, keys, reader)) return;
  List all = keys;  // DefineIndex: included columns are part of the name
  for (std::string& one : sql::strings(node.list("including"))) all.push_back(std::move(one));
  std::string name(node.text("conname"));
  if (name.empty()) name = reader.text();
  if (name.empty())
    name = reader.choose_relation_name(relation.name(), primary ? "" : addition(all), primary ? "pkey" : "key",
                                       relation.names[0], true);
  Object object = start(node, name, primary ? "primary key" : "unique", reader);
  object[columns] = keys;
  object[included] = sql::strings(node.list("including"));
  object[nulls_not_distinct] = node.flag("nulls_not_distinct");
  object[options] = read_options(node, "options");
  object[tablespace] = tablespace_or_default(node.text("indexspace"), reader);
  read_deferral(node, object);
  need_columns(keys, object, node, reader);
  need_columns(object.list(included), object, node, reader);
  Object* added = reader.add(std::move(object));
  if (added == nullptr) return;
  // index.c index_check_primary_key: the columns of a primary key are NOT NULL, in the tables below too
  for (const std::string& key : primary ? keys : List{}) {
    Object* of = reader.schema().find(model::key_of(column, {relation.names[0], relation.names[1], key}));
    if (of == nullptr) continue;
    set_not_null(*of, reader.server_version());
    set_not_null_below(*of, *reader.relation(), reader);
  }
  reader.dispatch("IndexMade", {}, reader.relation(), nullptr, added->key);
}
void read_primary(const sql::Node& node, DesiredReader& reader) { read_key(node, reader, true); }
void read_unique(const sql::Node& node, DesiredReader& reader) { read_key(node, reader, false); }

/// The columns of the relation that an expression reads, each once (heap.c AddRelationNewConstraints: one column gives
/// the name).
void collect_columns(const sql::Node& node, const Object& relation, DesiredReader& reader, List& found) {
  if (node.is("ColumnRef")) {
    const List fields = sql::strings(node.list("fields"));
    if (!fields.empty() &&
        reader.schema().contains(model::key_of(column, {relation.names[0], relation.names[1], fields.back()})) &&
        std::find(found.begin(), found.end(), fields.back()) == found.end()) {
      found.push_back(fields.back());
    }
    return;
  }
  for (std::size_t i = 0; i < node.field_count(); ++i) collect_columns(node.field(i), relation, reader, found);
  if (node.is_list()) {
    for (const sql::Node item : node.items()) collect_columns(item, relation, reader, found);
  }
}

void read_check(const sql::Node& node, DesiredReader& reader) {
  if (is_left_alone(node, reader)) return;
  Object& relation = *reader.relation();
  List used;
  collect_columns(node["raw_expr"], relation, reader, used);
  std::string name(node.text("conname"));
  if (name.empty())
    name = reader.choose_constraint_name(relation.name(), used.size() == 1 ? used[0] : "", "check", relation.names[0]);
  sql::Cutter cutter = reader.cutter();
  cutter.to(node.location());
  if (!cutter.skip_to_word("check")) return;
  Object object = start(node, name, "check", reader);
  object[check] = reader.definition(cutter.parenthesised());
  object[no_inherit] = node.flag("is_no_inherit");
  object[not_valid] = is_left_unchecked(node, reader);
  for (const std::string& one : used)
    object.depends.push_back(model::key_of(column, {relation.names[0], relation.names[1], one}));
  const std::string key = object.key;
  if (reader.schema().contains(key) && !reader.schema().find(key)->list(inherited_from).empty())
    return;  // MergeWithExistingConstraint
  if (reader.add(std::move(object)) == nullptr || node.flag("is_no_inherit")) return;
  for (Object* child : reader.inheritors(relation)) reader.inherit(*child, relation, false);
}

/// gram.y key_action: a letter each; "a" is NO ACTION, the default.
void read_actions(const sql::Node& node, Object& object) {
  object[on_update] = action(std::string(node.text("fk_upd_action")));
  object[on_delete] = action(std::string(node.text("fk_del_action")));
  if (node.text("fk_matchtype") == "f") object[match] = std::string("FULL");
  object[delete_columns] = sql::strings(node.list("fk_del_set_cols"));
}

/// What may stand behind a foreign key (transformFkeyCheckAttrs): a key that is checked at once, or a unique index of
/// all rows and of columns alone.
bool can_be_referenced(const Object& object) {
  if (object.kind == &index)
    return object.flag(model::attribute(index, "unique")) && !object.has(model::attribute(index, "predicate"));
  const bool is_key =
      object.kind == &constraint && (object.text(type) == "primary key" || object.text(type) == "unique");
  return is_key && !object.flag(deferrable);
}

/// The constraint or unique index that a foreign key rests on: a dependency.
std::string key_behind(const Object& relation, const List& names, DesiredReader& reader) {
  List wanted = names;
  std::sort(wanted.begin(), wanted.end());
  for (const Object* child : reader.schema().children(relation.key)) {
    if (!can_be_referenced(*child)) continue;
    List have = child->kind == &constraint ? child->list(columns) : child->list(model::attribute(index, "keys"));
    std::sort(have.begin(), have.end());
    if (have == wanted) return child->key;
  }
  return "";
}

void read_foreign(const sql::Node& node, DesiredReader& reader) {
  if (is_left_alone(node, reader)) return;
  Object& relation = *reader.relation();
  Object* target = reader.find_relation(node["pktable"]);
  if (target == nullptr) return;
  const List local = key_columns(node, "fk_attrs", reader.column());
  List remote = sql::strings(node.list("pk_attrs"));
  if (const Object* key = remote.empty() ? primary_key_of(*target, reader) : nullptr; key != nullptr)
    remote = key->list(columns);  // transformFkeyGetPrimaryKey
  if (remote.empty())
    return reader.error(node, "there is no primary key for referenced " + target->key,
                        "name the referenced columns, or give the table a primary key");
  if (remote.size() != local.size())
    return reader.error(node, "number of referencing and referenced columns for foreign key disagree");
  std::string name(node.text("conname"));
  // tablecmds.c ATAddForeignKeyConstraint, ChooseForeignKeyConstraintNameAddition
  if (name.empty()) name = reader.choose_constraint_name(relation.name(), addition(local), "fkey", relation.names[0]);
  Object object = start(node, name, "foreign key", reader);
  object[columns] = local;
  object[referenced] = relation_address(*target);
  object[referenced_columns] = remote;
  read_actions(node, object);
  read_deferral(node, object);
  object[not_valid] = is_left_unchecked(node, reader);
  need_columns(local, object, node, reader);
  object.depends.push_back(target->key);
  for (const std::string& one : remote)
    object.depends.push_back(model::key_of(column, {target->names[0], target->names[1], one}));
  if (std::string behind = key_behind(*target, remote, reader); !behind.empty())
    object.depends.push_back(std::move(behind));
  reader.add(std::move(object));
}

/// The columns that are named, and those that expressions and the predicate read.
void need_columns_of_exclusion(const sql::Node& node, const std::vector<sql::Node>& elements, Object& object,
                               DesiredReader& reader) {
  List named = sql::strings(node.list("including"));
  List read;
  for (const sql::Node& element : elements) {
    if (!element.text("name").empty()) named.emplace_back(element.text("name"));
    collect_columns(element["expr"], *reader.relation(), reader, read);
  }
  collect_columns(node["where_clause"], *reader.relation(), reader, read);
  need_columns(named, object, node, reader);
  need_columns(read, object, node, reader);
}

void read_exclusion(const sql::Node& node, DesiredReader& reader) {
  const Object& relation = *reader.relation();
  std::vector<sql::Node> elements;
  for (const sql::Node pair : node.list("exclusions")) elements.push_back(pair.items()[0]);
  const List included_names = sql::strings(node.list("including"));
  List names = index_column_names(elements);
  names.insert(names.end(), included_names.begin(), included_names.end());
  std::string name(node.text("conname"));
  if (name.empty())
    name = reader.choose_relation_name(relation.name(), addition(names), "excl", relation.names[0], true);
  sql::Cutter cutter = reader.cutter();
  cutter.to(node.location());
  if (!cutter.skip_to_word("exclude")) return;
  sql::Cutter from_here = cutter;
  const bool has_predicate = static_cast<bool>(node["where_clause"]);
  std::string text = "EXCLUDE USING " +
                     quote_identifier(node.text("access_method").empty() ? "gist" : node.text("access_method")) + " (";
  const sql::Span inside = from_here.parenthesised();
  text += std::string(from_here.text(inside)) + ")";
  if (!included_names.empty()) text += " INCLUDE (" + quoted_list(included_names) + ")";
  if (has_predicate && from_here.skip_to_word("where"))
    text += " WHERE (" + std::string(from_here.text(from_here.parenthesised())) + ")";
  if (excludes_already(node, text, reader)) return;
  Object object = start(node, name, "exclude", reader);
  Definition definition = reader.definition(inside);
  definition.text = std::move(text);
  object[exclusion] = std::move(definition);
  object[included] = included_names;
  object[key_names] = std::move(names);
  object[options] = read_options(node, "options");
  object[tablespace] = tablespace_or_default(node.text("indexspace"), reader);
  read_deferral(node, object);
  need_columns_of_exclusion(node, elements, object, reader);
  reader.add(std::move(object));
}

/// DEFERRABLE and its like behind a column's own constraint speak of the constraint just read
/// (transformConstraintAttrs).
void read_attribute(const sql::Node& node, DesiredReader& reader) {
  const auto siblings = reader.schema().children(reader.relation()->key);
  for (auto at = siblings.rbegin(); at != siblings.rend(); ++at) {
    if ((*at)->kind != &constraint) continue;
    const auto word = node.text("contype");
    if (word == "CONSTR_ATTR_DEFERRABLE") (**at)[deferrable] = true;
    if (word == "CONSTR_ATTR_DEFERRED") (**at)[deferrable] = (**at)[initially_deferred] = true;
    return;
  }
}

void read_add(const sql::Node& node, DesiredReader& reader) {
  const sql::Node def = node["def"];
  reader.dispatch("Constraint/" + std::string(def.text("contype")), def, reader.relation());
}

Object* named(const sql::Node& node, const std::string& name, DesiredReader& reader, bool quiet) {
  const Object& relation = *reader.relation();
  Object* object = reader.schema().find(model::key_of(constraint, {relation.names[0], relation.names[1], name}));
  if (object == nullptr && !quiet)
    reader.error(node, "constraint " + quote_identifier(name) + " of " + relation.key + " does not exist");
  return object;
}

void read_drop(const sql::Node& node, DesiredReader& reader) {
  const std::string name(node.text("name"));
  if (drop_named_not_null(*reader.relation(), name, reader)) return;  // 18
  Object* object = named(node, name, reader, node.flag("missing_ok"));
  if (object == nullptr) return;
  reader.dispatch("DropConstraint", node, reader.relation(), nullptr, object->key);
}

void read_validate(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = named(node, std::string(node.text("name")), reader, false)) (*object)[not_valid] = false;
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* object = named(node, std::string(node["def"].text("conname")), reader, false);
  if (object == nullptr) return;
  (*object)[deferrable] = node["def"].flag("deferrable") || node["def"].flag("initdeferred");
  (*object)[initially_deferred] = node["def"].flag("initdeferred");
}

/// reader.text(): the name before.
void read_column_renamed(const sql::Node&, DesiredReader& reader) {
  const auto rename_in = [&](Object& object, std::size_t attribute) {
    List names = object.list(attribute);
    std::replace(names.begin(), names.end(), reader.text(), reader.column()->name());
    object[attribute] = std::move(names);
  };
  const std::string relation = relation_address(*reader.relation());
  for (Object& object : reader.schema().objects()) {
    if (object.kind != &constraint) continue;
    if (object.parent == reader.relation()->key) {
      for (const std::size_t attribute : {columns, included, delete_columns}) rename_in(object, attribute);
    }
    if (object.text(referenced) == relation) rename_in(object, referenced_columns);
  }
}

}  // namespace

const model::StatementReader statements[] = {
    {"Constraint/CONSTR_CHECK", read_check},
    {"Constraint/CONSTR_PRIMARY", read_primary},
    {"Constraint/CONSTR_UNIQUE", read_unique},
    {"Constraint/CONSTR_FOREIGN", read_foreign},
    {"Constraint/CONSTR_EXCLUSION", read_exclusion},
    {"Constraint/CONSTR_ATTR_DEFERRABLE", read_attribute},
    {"Constraint/CONSTR_ATTR_NOT_DEFERRABLE", read_attribute},
    {"Constraint/CONSTR_ATTR_DEFERRED", read_attribute},
    {"Constraint/CONSTR_ATTR_IMMEDIATE", read_attribute},
    {"AlterTableCmd/AT_AddConstraint", read_add},
    {"AlterTableCmd/AT_DropConstraint", read_drop},
    {"AlterTableCmd/AT_ValidateConstraint", read_validate},
    {"AlterTableCmd/AT_AlterConstraint", read_alter},
    {"ColumnRenamed", read_column_renamed},
};

}  // namespace segue::kinds::constraint_parts
