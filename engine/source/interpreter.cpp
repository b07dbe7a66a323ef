#include "source/interpreter.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/quote.h"
#include "kinds/acl_common.h"
#include "kinds/kinds.h"
#include "kinds/not_null.h"
#include "model/whole.h"
#include "source/baseline.h"
#include "source/contradictions.h"

namespace segue::source {

using model::Object;

Interpreter::Interpreter(const SourceOptions& options) : options_(options) {
  for (const model::Kind* kind : kinds::all()) {
    for (const model::StatementReader& reader : kind->statements) {
      readers_[std::string(reader.node)].push_back({kind, reader.read});
    }
  }
  reset_settings();
  add_baseline(result_.schema, options_);
}

void Interpreter::run(const sql::Script& script) {
  script_ = &script;
  result_.ignored_data += script.copied_lines();
  PathsInForce paths = {{-1, settings_["search_path"]}};
  for (const sql::Statement& statement : script.statements()) {
    if (left_out_.count(&statement) != 0) continue;
    statement_ = &statement;
    made_now_.clear();
    tokens_.reset();
    relation_ = column_ = nullptr;
    only_ = false;
    run_statement(statement.node);
    paths[statement.end] = settings_["search_path"];
  }
  statement_ = nullptr;
  read_annotations(script, paths, result_.schema, result_.annotations, errors_);
}

/// RESET ALL and DISCARD ALL: what the session began with.
void Interpreter::reset_settings() {
  settings_.clear();
  settings_["search_path"] = options_.search_path;
  settings_["segue.default_owner"] = options_.default_owner;
  for (const auto& [name, value] : options_.settings) settings_[name] = value;
}

bool Interpreter::is_read(const std::string& name) const { return readers_.find(name) != readers_.end(); }

/// The relation's own kind reads a node where it can; else every kind that is not a relation itself.
void Interpreter::dispatch(const std::string& name, const sql::Node& node, Object* in_relation, Object* in_column,
                           std::string with_text) {
  if (name == "IndexMade") return index_made(with_text);
  if (name == "IdentityMade") return identity_made(*in_column);
  if (name == "IdentityRenamed") return note_relation(*in_column);
  if (name == "TableLikeClause") {
    relation_ = in_relation;
    return copy_like(node);
  }
  if (name == "KeyUsingIndex") return key_using_index(node);
  if (name == "DropColumn") return drop_column(node, *in_column);
  if (name == "DropConstraint") return drop_constraint(node, *schema().find(with_text));
  if (name == "ViewReplaced") return write_stars_out(*in_relation);
  const auto found = readers_.find(name);
  if (found == readers_.end()) {
    return error(
        node, "segue does not model " + name + " of " + (in_relation == nullptr ? "this statement" : in_relation->key),
        "take the clause out of the file, or exclude the object");
  }
  Object* const outer_relation = std::exchange(relation_, in_relation);
  Object* const outer_column = std::exchange(column_, in_column);
  std::string outer_text = std::exchange(text_, std::move(with_text));
  const int at = node.location() >= 0 ? node.location() : node["def"].location();
  const int outer_place = std::exchange(place_, at >= 0 ? at : place_);
  const bool own =
      in_relation != nullptr && std::any_of(found->second.begin(), found->second.end(),
                                            [&](const Registered& one) { return one.kind == in_relation->kind; });
  for (const Registered& one : found->second) {
    const bool speaks_of_relation = one.kind->name_space == model::NameSpace::relation;
    const bool is_sub_command = name.rfind("AlterTableCmd/", 0) == 0;
    if (own ? one.kind == in_relation->kind : !(is_sub_command && speaks_of_relation)) one.read(node, *this);
  }
  relation_ = outer_relation;
  column_ = outer_column;
  text_ = std::move(outer_text);
  place_ = outer_place;
}

namespace {

/// Statements that fill or read tables, or steer a session: nothing of a schema.
const std::set<std::string_view>& data_statements() {
  static const std::set<std::string_view> names = {"InsertStmt", "UpdateStmt",   "DeleteStmt", "CopyStmt",
                                                   "MergeStmt",  "TruncateStmt", "CallStmt"};
  return names;
}
const std::set<std::string_view>& session_statements() {
  static const std::set<std::string_view> names = {"TransactionStmt",    "VacuumStmt",  "DiscardStmt", "LockStmt",
                                                   "NotifyStmt",         "ListenStmt",  "ReindexStmt", "CheckPointStmt",
                                                   "VariableShowStmt",   "ExplainStmt", "PrepareStmt", "DeallocateStmt",
                                                   "ConstraintsSetStmt", "LoadStmt"};
  return names;
}
/// Objects of the cluster, not of a database.
const std::set<std::string_view>& cluster_statements() {
  static const std::set<std::string_view> names = {
      "CreateRoleStmt",     "AlterRoleStmt",     "AlterRoleSetStmt",          "DropRoleStmt", "GrantRoleStmt",
      "CreatedbStmt",       "AlterDatabaseStmt", "AlterDatabaseSetStmt",      "DropdbStmt",   "CreateTableSpaceStmt",
      "DropTableSpaceStmt", "AlterSystemStmt",   "AlterTableSpaceOptionsStmt"};
  return names;
}

}  // namespace

/// Whether the statement names something in pg_temp, outside of strings.
bool Interpreter::speaks_of_temporary() const {
  static constexpr std::string_view name = "pg_temp";
  const auto begin = static_cast<std::size_t>(statement_->begin);
  const std::string_view text = script_->text().substr(begin, static_cast<std::size_t>(statement_->end) - begin);
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
  if (std::search(text.begin(), text.end(), name.begin(), name.end(), same) == text.end()) return false;
  const std::vector<sql::Token> tokens = script_->tokens(statement_->begin, statement_->end);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].is_word(name) && tokens[i + 1].is('.')) return true;
  }
  return false;
}

void Interpreter::run_statement(const sql::Node& node) {
  const std::string name(node.type());
  if (data_statements().count(name) != 0) {
    ++result_.ignored_data;
    return;
  }
  if (name == "DiscardStmt") temporary_.clear();
  if (name == "DiscardStmt" && node.text("target") == "DISCARD_ALL") return reset_settings();
  if (name == "TransactionStmt") return run_transaction(node);
  if (session_statements().count(name) != 0) return;
  if (cluster_statements().count(name) != 0)
    return unmodelled(name, "roles, databases and tablespaces belong to the cluster and are not managed");
  if (speaks_of_temporary()) {
    return unmodelled(std::string(script_->text().substr(static_cast<std::size_t>(statement_->begin), 60)),
                      "temporary objects belong to a session");
  }
  if (run_on_temporary(node)) return;
  if (name == "VariableSetStmt") return run_set(node);
  if (name == "SelectStmt") return run_select(node);
  if (name == "AlterTableStmt") return run_alter_table(node);
  if (name == "DropStmt") return run_drop(node);
  if (name == "RenameStmt") return run_rename(node);
  if (name == "AlterObjectSchemaStmt") return run_set_schema(node);
  if (name == "DoStmt") {
    return error(node, "DO runs code whose effect on the schema cannot be known from its text",
                 "write the statements it runs, or move it out of the schema file");
  }
  if (name == "CreateTableAsStmt" && node.text("objtype") != "OBJECT_MATVIEW") {
    return error(node, "CREATE TABLE AS takes its columns from a query that only the server can analyse",
                 "write CREATE TABLE with its columns");
  }
  std::string reader = name;
  if (name == "DefineStmt") reader += "/" + std::string(node.text("kind"));
  if (!is_read(reader)) {
    return unmodelled(std::string(script_->text().substr(static_cast<std::size_t>(statement_->begin), 60)),
                      "segue does not model this statement; it was left out");
  }
  dispatch(reader, node, nullptr, nullptr, "");
  if (name == "CreateSchemaStmt") run_schema_elements(node);
}

namespace {

/// parse_utilcmd.c transformCreateSchemaStmtElements: sequences come first, then tables, views, indexes, triggers and
/// grants.
std::vector<std::size_t> order_of_schema_elements(const sql::List& elements) {
  std::vector<std::size_t> order;
  for (const char* sort : {"CreateSeqStmt", "CreateStmt", "ViewStmt", "IndexStmt", "CreateTrigStmt", "GrantStmt"}) {
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (elements[i].is(sort)) order.push_back(i);
    }
  }
  return order;
}

}  // namespace

/// CREATE SCHEMA s <elements>: they run with that schema first in the path, and as its owner (schemacmds.c
/// CreateSchemaCommand).
void Interpreter::run_schema_elements(const sql::Node& node) {
  if (node.list("schemaElts").empty()) return;
  std::string name(node.text("schemaname"));
  if (name.empty()) name = node["authrole"].text("rolename");
  const auto outer = settings_;
  const std::string path = settings_["search_path"];
  settings_["search_path"] = quote_identifier(name) + (path.empty() ? "" : ", " + path);
  if (const auto role = node["authrole"].text("rolename"); !role.empty()) settings_["role"] = std::string(role);
  // the elements stand behind one another without semicolons: each begins with CREATE or GRANT
  const sql::Statement* const outer_statement = statement_;
  const sql::Statement whole = *statement_;
  const std::vector<sql::Token> tokens = script_->tokens(whole.begin, whole.end);
  std::vector<int> begins;
  int depth = 0;
  bool in_grant = false;
  for (const sql::Token& token : tokens) {
    if (token.is('(')) ++depth;
    if (token.is(')')) --depth;
    if (token.is_word("on")) in_grant = false;  // GRANT CREATE ON …
    if (depth != 0 || in_grant || !(token.is_word("create") || token.is_word("grant"))) continue;
    begins.push_back(token.begin);
    in_grant = token.is_word("grant");
  }
  const sql::List elements = node.list("schemaElts");
  for (const std::size_t i : order_of_schema_elements(elements)) {
    sql::Statement part = whole;
    if (begins.size() == elements.size() + 1) {
      part.begin = begins[i + 1];
      part.end = i + 2 < begins.size() ? begins[i + 2] : whole.end;
    }
    statement_ = &part;
    tokens_.reset();
    run_statement(elements[i]);
  }
  statement_ = outer_statement;
  tokens_.reset();
  settings_ = outer;
}

void Interpreter::run_alter_table(const sql::Node& node) {
  const auto object_type = node.text("objtype");
  Object* object = find_relation(node["relation"], node.flag("missing_ok"));
  if (object == nullptr) return;
  only_ = !node["relation"].flag("inh");
  std::string prefix = "AlterTableCmd/";
  if (object_type == "OBJECT_TYPE") prefix = "AlterTypeCmd/";
  if (object->kind == &kinds::index || object->kind == &kinds::constraint) prefix = "AlterIndexCmd/";
  const std::string key = object->key;
  for (const sql::Node command : node.list("cmds")) {
    object = schema().find(key);
    if (object == nullptr) return;
    const std::string subtype(command.text("subtype"));
    // an index follows its table: pg_dump writes OWNER for neither, and ALTER INDEX … OWNER changes nothing
    const std::string name = is_read(prefix + subtype) ? prefix + subtype : "AlterTableCmd/" + subtype;
    dispatch(name, command, object, nullptr, "");
  }
  only_ = false;
}

/// What RENAME speaks of: the object itself, or a part of it by its name.
Object* Interpreter::renamed_by(const sql::Node& node) {
  const auto type = node.text("renameType");
  const bool quiet = node.flag("missing_ok");
  if (type == "OBJECT_SCHEMA") return schema().find(model::key_of(kinds::schema, {std::string(node.text("subname"))}));
  const std::string_view part = type == "OBJECT_COLUMN"          ? "COLUMN"
                                : type == "OBJECT_ATTRIBUTE"     ? "COLUMN"
                                : type == "OBJECT_TABCONSTRAINT" ? "CONSTRAINT"
                                : type == "OBJECT_DOMCONSTRAINT" ? "CONSTRAINT"
                                : type == "OBJECT_TRIGGER"       ? "TRIGGER"
                                : type == "OBJECT_POLICY"        ? "POLICY"
                                : type == "OBJECT_RULE"          ? "RULE"
                                                                 : "";
  Object* object = node["relation"]                 ? find_relation(node["relation"], quiet)
                   : type == "OBJECT_DOMCONSTRAINT" ? find_object("OBJECT_DOMAIN", node["object"], quiet)
                                                    : find_object(type, node["object"], quiet);
  if (object == nullptr || part.empty()) return object;
  for (Object* child : schema().children(object->key)) {
    if (child->name() == node.text("subname") && child->kind->sql_class == part) return child;
  }
  if (part == "COLUMN" && (object->kind == &kinds::view || object->kind == &kinds::materialized_view)) {
    rename_view_column(node, *object, std::string(node.text("newname")));
  } else if (part == "CONSTRAINT" && kinds::rename_not_null(*object, std::string(node.text("subname")),
                                                            std::string(node.text("newname")), *this)) {
    return nullptr;
  } else if (!quiet) {
    error(node, "nothing of that name to rename in " + object->key, "");
  }
  return nullptr;
}

void Interpreter::run_rename(const sql::Node& node) {
  Object* object = renamed_by(node);
  if (object == nullptr) return;
  const std::string to(node.text("newname"));
  if (node.text("renameType") == "OBJECT_SEQUENCE" && object->kind == &kinds::column)
    return dispatch("RenameStmt/identity", node, nullptr, object, "");
  if (object->kind == &kinds::column) return rename_column(node, *object, to);
  if (object->kind == &kinds::composite_attribute) return rename_attribute(node, *object, to);
  if (object->kind == &kinds::constraint) return rename_constraint(*object, to);
  std::vector<std::string> names = object->names;
  names[object->kind->signature ? names.size() - 2 : names.size() - 1] = to;
  rename_object(*object, std::move(names));
}

namespace {

/// extension.c AlterExtensionNamespace: an extension is in no schema, it says where its members are.
void move_extension(const sql::Node& node, Object& object, kinds::DesiredReader& reader) {
  const std::string to(node.text("newschema"));
  const std::string key = model::key_of(kinds::schema, {to});
  if (!reader.schema().contains(key))
    return reader.error(node, "schema " + quote_identifier(to) + " does not exist", "create it before this statement");
  object[model::attribute(kinds::extension, "schema")] = to;
  object.depends = {key};
}

}  // namespace

void Interpreter::run_set_schema(const sql::Node& node) {
  const auto type = node.text("objectType");
  Object* object = node["relation"] ? find_relation(node["relation"], node.flag("missing_ok"))
                                    : find_object(type, node["object"], node.flag("missing_ok"));
  if (object == nullptr) return;
  if (object->kind == &kinds::extension) return move_extension(node, *object, *this);
  if (object->kind == &kinds::column)  // tablecmds.c AlterTableNamespace
    return error(node, "the sequence of the identity " + object->key + " cannot be moved alone", "move its table");
  if (object->names.size() < 2)
    return error(node, object->key + " cannot be moved to another schema", "take this statement out");
  move_to_schema(*object, std::string(node.text("newschema")));
}

/// tablecmds.c AlterSeqNamespaces: the sequences that columns own go with their table.
void Interpreter::move_to_schema(Object& object, const std::string& to) {
  const auto move = [&](Object& one) {
    std::vector<std::string> names = one.names;
    names[0] = to;
    rename_object(one, std::move(names));
  };
  std::vector<Object*> owned;
  for (Object& other : schema().objects()) {
    if (other.kind != &kinds::sequence) continue;
    const Object* column = schema().find(other.kind->dropped_with(other));
    if (column != nullptr && column->parent == object.key) owned.push_back(&other);
  }
  move(object);
  for (Object* sequence : owned) move(*sequence);
}

/// guc.c AtEOXact_GUC: what SET LOCAL set is as it was before. What was rolled back is not run at all (undone_in).
void Interpreter::run_transaction(const sql::Node& node) {
  const std::string_view kind = node.text("kind");
  if (kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START") in_transaction_ = true;
  if (kind != "TRANS_STMT_COMMIT" && kind != "TRANS_STMT_ROLLBACK" && kind != "TRANS_STMT_PREPARE") return;
  for (auto& [name, value] : std::exchange(after_transaction_, {})) {
    settings_.erase(name);
    if (value) settings_[name] = std::move(*value);
  }
  std::erase_if(temporary_, [](const auto& one) { return one.second; });
  in_transaction_ = node.flag("chain");
}

void Interpreter::keep_for_after(const std::string& name) {
  const auto now = settings_.find(name);
  after_transaction_.try_emplace(name, now == settings_.end() ? std::nullopt : std::optional(now->second));
}

void Interpreter::run_set(const sql::Node& node) {
  const std::string name(node.text("name"));
  const bool is_local = node.flag("is_local");
  if (is_local && !in_transaction_) return;  // without effect, as the server warns
  if (is_local) keep_for_after(name);
  if (!is_local) after_transaction_.erase(name);
  if (node.text("kind") == "VAR_RESET_ALL") {  // but for the role (guc_tables.c, GUC_NO_RESET_ALL)
    const auto role = settings_.extract("role");
    reset_settings();
    if (!role.empty()) settings_["role"] = role.mapped();
    return;
  }
  if (node.text("kind") == "VAR_SET_VALUE") {
    std::vector<std::string> values;
    for (const sql::Node value : node.list("args")) {
      const std::string text(value["sval"].text("sval"));
      // SET search_path = '': no schema has the empty name, and the path is the one of set_config('search_path', '')
      if (name == "search_path" && text.empty()) continue;
      values.push_back(name == "search_path" ? quote_identifier(text) : text);
    }
    settings_[name] = join(values, ", ");
  } else if (name == "search_path") {
    settings_[name] = options_.search_path;
  } else {
    settings_.erase(name);
  }
}

/// pg_dump's SELECT pg_catalog.set_config('search_path', '', false) is a SET; any other SELECT is data.
void Interpreter::run_select(const sql::Node& node) {
  const sql::List targets = node.list("targetList");
  const sql::Node call = targets.size() == 1 ? targets[0]["val"] : sql::Node{};
  if (call.is("FuncCall") && sql::strings(call.list("funcname")).back() == "set_config" &&
      call.list("args").size() == 3) {
    const std::string name(call.list("args")[0]["sval"].text("sval"));
    if (call.list("args")[2].flag()) {
      if (!in_transaction_) return;
      keep_for_after(name);
    }
    settings_[name] = std::string(call.list("args")[1]["sval"].text("sval"));
    return;
  }
  ++result_.ignored_data;
}

// -- places and messages ----------------------------------------------------------------------------------------------

model::Origin Interpreter::origin() const {
  if (statement_ == nullptr) return {};
  return {script_->file(), script_->line_at(place_ >= 0 ? place_ : statement_->begin)};
}

model::Origin Interpreter::origin(const sql::Node& node) const {
  const int at = node.location();
  return at < 0 || script_ == nullptr ? origin() : model::Origin{script_->file(), script_->line_at(at)};
}

void Interpreter::error(const sql::Node& node, std::string what, std::string hint) {
  const int at = std::max(node.first_location(), statement_ == nullptr ? 0 : statement_->begin);
  errors_.push_back(Diagnostic::error_at(ErrorCode::invalid, script_ == nullptr ? Location{} : script_->locate(at),
                                         std::move(what), std::move(hint)));
}

void Interpreter::error(std::string what, std::string hint) { error(sql::Node{}, std::move(what), std::move(hint)); }

void Interpreter::unmodelled(std::string object, std::string note) {
  const model::Origin place = origin();
  if (!place.file.empty()) note += " (" + place.file + ":" + std::to_string(place.line) + ")";
  result_.unmodelled.push_back({std::move(object), std::move(note)});
}

/// Whose default privileges a new object gets: SET ROLE, else SET SESSION AUTHORIZATION, else the owner.
std::string Interpreter::creator() const {
  for (const char* name : {"role", "session_authorization"}) {
    if (const std::string role = setting(name); !role.empty() && role != "none") return role;
  }
  return options_.default_owner;
}

/// Its sequence comes into being: with a name, and under the default privileges so far.
void Interpreter::identity_made(const Object& column) {
  note_relation(column);
  kinds::acl::give_default_privileges_to_sequence(schema(), column, creator(), server_version());
}

Object* Interpreter::add(Object object) {
  object.origin = origin();
  const std::string key = object.key;
  if (object.kind == &kinds::column) {
    const Object* relation = schema().find(object.parent);
    if (relation != nullptr && !made_now(*relation)) write_stars_out(*relation);
  }
  if (object.names.size() >= 2 && !model::is_aspect(object)) result_.created_in.insert(object.names[0]);
  if (object.kind->name_space == model::NameSpace::global && object.kind == &kinds::schema)
    result_.created_in.insert(object.names[0]);
  if (object.kind == &kinds::initial_privileges) result_.spoken_of.insert(key);
  Object* added = schema().add(std::move(object));
  if (added == nullptr) {
    error(key + " already exists", "the file creates it twice");
    return nullptr;
  }
  made_now_.insert(added);
  note_relation(*added);
  note_constraint(*added);
  if (added->kind->has_owner && creator() != options_.default_owner) add(owner_of(*added, creator()));
  kinds::acl::give_default_privileges(schema(), *added, creator(), server_version());
  if (model::is_aspect(*added)) result_.mentioned_aspects.insert(std::string(added->kind->name));
  return added;
}

sql::Cutter Interpreter::cutter() const {
  auto& cached = const_cast<Interpreter*>(this)->tokens_;
  if (cached == nullptr) {
    cached = std::make_shared<const std::vector<sql::Token>>(script_->tokens(statement_->begin, statement_->end));
  }
  return {script_->text(), cached};
}

model::Definition Interpreter::definition(sql::Span span) const {
  return {std::string(script_->text().substr(static_cast<std::size_t>(span.begin),
                                             static_cast<std::size_t>(span.end - span.begin))),
          path_text()};
}

std::string Interpreter::setting(std::string_view name) const {
  if (name == "segue.only") return only_ ? "on" : "";  // ALTER TABLE ONLY, for the length of the statement
  const auto found = settings_.find(name);
  return found == settings_.end() ? "" : found->second;
}

void Interpreter::take_over(model::Schema& schema) {
  result_.schema = std::move(schema);
  for (Object& object : result_.schema.objects()) {
    note_relation(object);
    note_constraint(object);
    if (object.kind != &kinds::column) continue;
    for (const std::string& key : object.list(model::attribute(kinds::column, "inherited_from"))) {
      const Object* original = result_.schema.find(key);
      if (original == nullptr) continue;
      std::vector<std::string>& children = inheritors_[original->parent];
      if (std::find(children.begin(), children.end(), object.parent) == children.end())
        children.push_back(object.parent);
    }
  }
}

Status Interpreter::give_back(model::Schema& schema) {
  schema = std::move(result_.schema);
  if (!errors_.empty()) return Failure(std::move(errors_));
  return done();
}

Result<Desired> Interpreter::finish() {
  for (Diagnostic& error : names_given_twice(result_.schema)) errors_.push_back(std::move(error));
  if (!errors_.empty()) return Failure(std::move(errors_));
  mark_incomplete_links();
  add_owners(result_.schema, options_);
  return std::move(result_);
}

}  // namespace segue::source
