// Columns as the statements of a file make and alter them: parse_utilcmd.c transformColumnDefinition, tablecmds.c
// ATPrepCmd.
#include <algorithm>

#include "base/quote.h"
#include "base/retained.h"
#include "kinds/column_parts.h"
#include "kinds/foreign_options.h"
#include "kinds/kinds.h"
#include "kinds/not_null.h"
#include "kinds/reader.h"
#include "kinds/relation.h"
#include "kinds/target.h"
#include "kinds/type_collation.h"

namespace segue::kinds::column_parts {
void hand_down(const sql::Node& node, DesiredReader& reader, const char* command) {
  if (!reader.setting("segue.only").empty()) return;
  for (model::Object* child : reader.inheritors(*reader.relation())) reader.dispatch(command, node, child);
}

namespace {

using model::Object;

bool is_serial(const sql::Node& type_name, std::string& base) {
  const model::List names = sql::strings(type_name.list("names"));
  if (names.size() != 1 || type_name.has("arrayBounds")) return false;
  const std::string& name = names[0];
  if (name == "serial" || name == "serial4") base = "integer";
  if (name == "bigserial" || name == "serial8") base = "bigint";
  if (name == "smallserial" || name == "serial2") base = "smallint";
  return !base.empty();
}

/// parse_utilcmd.c generateSerialExtraStmts: a sequence of the column's type, owned by it, and nextval as its default.
void read_serial(Object& object, const std::string& base, DesiredReader& reader) {
  object[type] = base;
  set_not_null(object, reader.server_version());
  reader.dispatch("Serial", {}, reader.relation(), &object, base);
}

/// `word`: that of an option of an identity's sequence, or of ALTER SEQUENCE. Before 15 all of them are logged.
void set_persistence_of_sequence(Object& object, std::string_view word, DesiredReader& reader) {
  const Object* of = reader.schema().find(object.parent);
  const bool unlogged = word == "unlogged";
  if ((!unlogged && word != "logged") || of == nullptr || of->kind != &table) return;
  if (reader.server_version() < first_with_unlogged_sequences) return;
  const bool differs = unlogged != (of->text(model::attribute(table, "persistence")) == "u");
  object[sequence_persistence] = differs ? model::Value{std::string(unlogged ? "u" : "p")} : model::Value{};
}

void read_identity_clause(const sql::Node& node, Object& object, DesiredReader& reader) {
  const SequenceOptions sequence_options = read_sequence_options(node.list("options"), object.text(type), reader);
  object[identity] = std::string(node.text("generated_when") == "a" ? "always" : "by default");
  set_not_null(object, reader.server_version());
  object[identity_options] = identity_list(sequence_options);
  std::string name = quote_qualified(
      object.names[0], reader.choose_relation_name(object.names[1], object.names[2], "seq", object.names[0], false));
  for (const sql::Node option : node.list("options")) {
    if (option.text("defname") != "sequence_name") continue;
    model::List given = sql::strings(option["arg"].items());
    if (given.size() == 1) given.insert(given.begin(), object.names[0]);
    name = quote_qualified(given[0], given[1]);
  }
  object[identity_sequence] = name;
  for (const sql::Node option : node.list("options"))
    set_persistence_of_sequence(object, option.text("defname"), reader);
  reader.dispatch("IdentityMade", {}, reader.relation(), &object);
}

void read_generated_clause(const sql::Node& node, Object& object, DesiredReader& reader) {
  sql::Cutter cutter = reader.cutter();
  cutter.to(node.location());
  if (!cutter.skip_to_word("as")) return;
  object[generated] = reader.definition(cutter.parenthesised());
  object[generated_kind] = std::string(node.text("generated_kind") == "v" ? "v" : "s");
}

/// The constraints of a column that are part of it. Checks, keys and defaults go to their own kinds.
void read_column_constraints(const sql::Node& node, Object& object, DesiredReader& reader) {
  for (const sql::Node constraint : node.list("constraints")) {
    const auto contype = constraint.text("contype");
    if (contype == "CONSTR_NOTNULL")
      declare_not_null(object, reader.server_version(), std::string(constraint.text("conname")));
    if (contype == "CONSTR_PRIMARY") set_not_null(object, reader.server_version());
    if (contype == "CONSTR_IDENTITY") read_identity_clause(constraint, object, reader);
    if (contype == "CONSTR_GENERATED") read_generated_clause(constraint, object, reader);
    if (contype == "CONSTR_DEFAULT")
      reader.dispatch("Constraint/CONSTR_DEFAULT", constraint, reader.relation(), &object);
  }
}

void read_type(const sql::Node& node, Object& object, DesiredReader& reader) {
  std::string base;
  if (is_serial(node["typeName"], base)) return read_serial(object, base, reader);
  object[type] = reader.type(node["typeName"], object.depends);
}

model::Value read_collation(const sql::Node& clause, Object& object, DesiredReader& reader) {
  if (!clause) return {};
  std::string name = reader.collation(clause.list("collname"), object.depends);
  return name == collation_of_type(object.text(type), reader.schema()) ? model::Value{} : model::Value{name};
}

void read_storage(std::string_view word, Object& object, DesiredReader& reader) {
  std::string name(word);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  object[storage] =
      name == "DEFAULT" || name == default_storage(object, reader.schema()) ? model::Value{} : model::Value{name};
}

void read_compression(std::string_view word, Object& object) {
  object[compression] = word.empty() || word == "default" ? model::Value{} : model::Value{std::string(word)};
}

/// A ColumnDef: of CREATE TABLE, of ADD COLUMN, or of a typed table or partition that refines a column it has already.
void read_column(const sql::Node& node, DesiredReader& reader) {
  Object& relation = *reader.relation();
  const std::string name(node.text("colname"));
  if (is_retained_column(name))
    return reader.error(node, "columns named " + std::string(retained_column_prefix) + "… are those that plans keep",
                        "leave it out of the file: rollback brings it back, and segue purge frees it");
  Object* object = reader.schema().find(model::key_of(column, {relation.names[0], relation.names[1], name}));
  if (object == nullptr) {
    object = reader.add(model::make_object(column, {relation.names[0], relation.names[1], name}, relation.key));
    if (object == nullptr) return;
    (*object)[local] = true;
    if (node["typeName"]) read_type(node, *object, reader);
  } else if (node["typeName"] && object->flag(local) && !object->has(of_attribute)) {
    return reader.error(node, "column " + quote_identifier(name) + " of " + relation.key + " is given twice",
                        "leave one of them out");
  } else {
    (*object)[local] = true;  // MergeAttributes: "merging column with inherited definition"
  }
  if (node["collClause"]) (*object)[of_collation] = read_collation(node["collClause"], *object, reader);
  read_column_constraints(node, *object, reader);
  if (!node.text("storage_name").empty()) read_storage(node.text("storage_name"), *object, reader);
  read_compression(node.text("compression"), *object);
  if (node.has("fdwoptions")) foreign_options::apply(node.list("fdwoptions"), *object, options_of_wrapper, reader);
}

/// parse_utilcmd.c transformOfType: the columns are those of the type, as it stands; a table that becomes one has them
/// already (ATExecAddOf). reader.text(): the type; "" for NOT OF.
void read_of_type(const sql::Node&, DesiredReader& reader) {
  const Object& relation = *reader.relation();
  const std::string& of = reader.text();
  for (Object* child : reader.schema().children(relation.key)) {
    if (child->kind == &column) (*child)[of_attribute] = {};
  }
  for (const Object* attribute : reader.schema().children(std::string(composite_type.name) + " " + of)) {
    if (attribute->kind != &composite_attribute) continue;
    const model::List names = {relation.names[0], relation.names[1], attribute->name()};
    Object* object = reader.schema().find(model::key_of(column, names));
    if (object == nullptr) object = reader.add(model::make_object(column, names, relation.key));
    if (object == nullptr) return;
    (*object)[type] = (*attribute)[model::attribute(composite_attribute, "type")];
    (*object)[of_collation] = (*attribute)[model::attribute(composite_attribute, "collation")];
    (*object)[local] = true;
    (*object)[of_attribute] = attribute->key;
    object->depends.insert(object->depends.end(), attribute->depends.begin(), attribute->depends.end());
  }
}

Object* column_of(const sql::Node& node, DesiredReader& reader, bool quiet = false) {
  Object& relation = *reader.relation();
  const std::string name(node.text("name"));
  Object* object = reader.schema().find(model::key_of(column, {relation.names[0], relation.names[1], name}));
  if (object == nullptr && !quiet)
    reader.error(node, "column " + quote_identifier(name) + " of " + relation.key + " does not exist");
  return object;
}

void each_inheritor(Object& relation, DesiredReader& reader, const sql::Node& node, const char* command) {
  for (Object* child : reader.inheritors(relation)) reader.dispatch(command, node, child);
}

void read_add(const sql::Node& node, DesiredReader& reader) {
  Object& relation = *reader.relation();
  const sql::Node def = node["def"];
  const std::string key =
      model::key_of(column, {relation.names[0], relation.names[1], std::string(def.text("colname"))});
  if (reader.schema().contains(key)) {
    if (!node.flag("missing_ok")) reader.error(def, key + " already exists");
    return;
  }
  read_column(def, reader);
  Object* object = reader.schema().find(key);
  if (object == nullptr) return;
  for (const sql::Node constraint : def.list("constraints")) {
    const auto contype = constraint.text("contype");
    if (contype == "CONSTR_CHECK" || contype == "CONSTR_PRIMARY" || contype == "CONSTR_UNIQUE" ||
        contype == "CONSTR_FOREIGN" || contype.rfind("CONSTR_ATTR_", 0) == 0) {
      reader.dispatch("Constraint/" + std::string(contype), constraint, &relation, object);
    }
  }
  for (Object* child : reader.inheritors(relation)) reader.inherit(*child, relation, false);
}

void read_drop(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader, node.flag("missing_ok"));
  if (object != nullptr) reader.dispatch("DropColumn", node, reader.relation(), object);
}

void read_alter_type(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  object->depends.clear();
  std::string to = reader.type(node["def"]["typeName"], object->depends);
  reader.dispatch("TypeChanges", node, reader.relation(), object, to);
  // parse_utilcmd.c transformAlterTableStmt: the sequence of an identity gets the type of its column
  if (object->has(identity)) (*object)[identity_options] = identity_list(with_type(identity_options_of(*object), to));
  (*object)[type] = std::move(to);
  (*object)[of_collation] = read_collation(node["def"]["collClause"], *object, reader);
  each_inheritor(*reader.relation(), reader, node, "AlterTableCmd/AT_AlterColumnType");
}

void read_set_not_null(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  set_not_null(*object, reader.server_version());
  set_not_null_below(*object, *reader.relation(), reader);
}

/// CONSTRAINT name NOT NULL column, as a constraint of the table: gram.y ConstraintElem from 18 on.
void read_not_null_constraint(const sql::Node& node, DesiredReader& reader) {
  const Object& relation = *reader.relation();
  for (const std::string& key : sql::strings(node.list("keys"))) {
    Object* object = reader.schema().find(model::key_of(column, {relation.names[0], relation.names[1], key}));
    if (object == nullptr) continue;
    declare_not_null(*object, reader.server_version(), std::string(node.text("conname")));
    set_not_null_below(*object, *reader.relation(), reader);
  }
}

void read_drop_not_null(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = column_of(node, reader)) drop_not_null(*object);
  hand_down(node, reader, "AlterTableCmd/AT_DropNotNull");
}

void read_add_identity(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = column_of(node, reader)) read_identity_clause(node["def"], *object, reader);
}

void change_identity_options(Object& object, const sql::List& changes, DesiredReader& reader) {
  const SequenceOptions merged = merge_sequence_options(identity_options_of(object), changes, reader);
  model::List list = identity_list(merged);
  if (merged.type != object.text(type)) list.push_back(merged.type);
  object[identity_options] = std::move(list);
}

/// ALTER SEQUENCE of a sequence that is one object with its column.
void read_alter_identity_sequence(const sql::Node& node, DesiredReader& reader) {
  change_identity_options(*reader.column(), node.list("options"), reader);
}

void read_rename_identity_sequence(const sql::Node& node, DesiredReader& reader) {
  Object& object = *reader.column();
  object[identity_sequence] = quote_qualified(object.names[0], std::string(node.text("newname")));
  reader.dispatch("IdentityRenamed", {}, nullptr, &object);
}

/// ALTER SEQUENCE … SET LOGGED of the sequence of an identity, which is its column here.
void read_sequence_persistence(const sql::Node& node, DesiredReader& reader) {
  if (reader.relation()->kind != &column) return;
  const bool unlogged = node.text("subtype") == "AT_SetUnLogged";
  set_persistence_of_sequence(*reader.relation(), unlogged ? "unlogged" : "logged", reader);
}

void read_set_identity(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  change_identity_options(*object, node["def"].items(), reader);
  for (const sql::Node option : node["def"].items()) {
    // the letter of ATTRIBUTE_IDENTITY_ALWAYS, as a character's number
    if (option.text("defname") == "generated")
      (*object)[identity] = std::string(option["arg"].number() == 'a' ? "always" : "by default");
  }
}

void read_drop_identity(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  remove_children_of_sequence(*object, reader.schema());
  (*object)[identity] = {};
  (*object)[identity_sequence] = {};
  (*object)[identity_options] = model::List{};
  (*object)[sequence_persistence] = {};
}

void read_drop_expression(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  (*object)[generated] = {};
  (*object)[generated_kind] = {};
  hand_down(node, reader, "AlterTableCmd/AT_DropExpression");
}

void read_set_storage(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = column_of(node, reader)) read_storage(node["def"].text(), *object, reader);
  hand_down(node, reader, "AlterTableCmd/AT_SetStorage");
}
void read_set_compression(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = column_of(node, reader)) read_compression(node["def"].text(), *object);
}

void read_set_statistics(const sql::Node& node, DesiredReader& reader) {
  // an index's expression column is named by number: its target is the index's affair
  if (node.text("name").empty())
    return reader.unmodelled(reader.relation()->key + " column statistics", "statistics target of an index column");
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  const std::int64_t target = node["def"].number();
  (*object)[statistics_target] = target < 0 ? model::Value{} : model::Value{target};
  hand_down(node, reader, "AlterTableCmd/AT_SetStatistics");
}

void read_set_options(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  model::List list = object->list(options);
  merge_options(list, read_options(node, "def"), node.text("subtype") == "AT_ResetOptions");
  (*object)[options] = std::move(list);
}

void read_foreign_options(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = column_of(node, reader))
    foreign_options::apply(node.list("def"), *object, options_of_wrapper, reader);
}

}  // namespace

const model::StatementReader statements[] = {
    {"ColumnDef", read_column},
    {"OfType", read_of_type},
    {"AlterTableCmd/AT_AddColumn", read_add},
    {"AlterTableCmd/AT_DropColumn", read_drop},
    {"AlterTableCmd/AT_AlterColumnType", read_alter_type},
    {"AlterTableCmd/AT_SetNotNull", read_set_not_null},
    {"Constraint/CONSTR_NOTNULL", read_not_null_constraint},
    {"AlterTableCmd/AT_DropNotNull", read_drop_not_null},
    {"AlterTableCmd/AT_AddIdentity", read_add_identity},
    {"AlterTableCmd/AT_SetIdentity", read_set_identity},
    {"AlterSeqStmt/identity", read_alter_identity_sequence},
    {"RenameStmt/identity", read_rename_identity_sequence},
    {"AlterTableCmd/AT_SetLogged", read_sequence_persistence},
    {"AlterTableCmd/AT_SetUnLogged", read_sequence_persistence},
    {"AlterTableCmd/AT_DropIdentity", read_drop_identity},
    {"AlterTableCmd/AT_DropExpression", read_drop_expression},
    {"AlterTableCmd/AT_SetStorage", read_set_storage},
    {"AlterTableCmd/AT_SetCompression", read_set_compression},
    {"AlterTableCmd/AT_SetStatistics", read_set_statistics},
    {"AlterTableCmd/AT_SetOptions", read_set_options},
    {"AlterTableCmd/AT_ResetOptions", read_set_options},
    {"AlterTableCmd/AT_AlterColumnGenericOptions", read_foreign_options},
};

}  // namespace segue::kinds::column_parts
