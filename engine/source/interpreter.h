// Runs the statements of a file on a model, as the server would run them on a database.
//
// The driver behind read_desired(): it keeps the search path, resolves names and hands every node to the kind that
// reads it. What several kinds share (DROP, RENAME, SET SCHEMA, inheritance, LIKE) is done here, without their names.
#pragma once

#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "kinds/others.h"
#include "kinds/reader.h"
#include "source/desired.h"
#include "sql/script.h"

namespace segue::source {

class Interpreter final : public kinds::DesiredReader {
 public:
  explicit Interpreter(const SourceOptions& options);

  /// Statements that are as if they were not there.
  void leave_out(std::set<const sql::Statement*> statements) { left_out_ = std::move(statements); }
  /// Runs a whole script. Errors are collected; a statement that fails leaves what it had done.
  void run(const sql::Script& script);
  /// Gives every object an owner and takes the result. Fails with every error collected.
  Result<Desired> finish();

  /// Works on a schema that stands, and gives it back. Fails as finish() does.
  void take_over(model::Schema& schema);
  Status give_back(model::Schema& schema);
  /// Adds a table of the database that hangs below tables of the schema, as it will be once these are what they are
  /// here.
  void follow(const model::Schema& live, const model::Object& below);

  // DesiredReader
  model::Schema& schema() override { return result_.schema; }
  int server_version() const override { return options_.server_version; }
  kinds::Name creation_name(const sql::Node& range_var) override;
  kinds::Name creation_name(const std::vector<std::string>& qualified) override;
  model::Object* find_relation(const sql::Node& range_var, bool quiet) override;
  model::Object* find_relation(const std::vector<std::string>& qualified, bool quiet) override;
  model::Object* find_object(std::string_view object_type, const sql::Node& object, bool quiet) override;
  model::Object* find_routine(const sql::Node& object_with_args, bool quiet) override;
  model::Object* find_granted(std::string_view object_type, const sql::Node& object) override;
  const kinds::Other* find_other(std::string_view object_type, const sql::Node& object) override;
  std::vector<const kinds::Other*> others_in(std::string_view object_type,
                                             const std::vector<std::string>& schemas) override;
  const kinds::Other* find_column_of(const kinds::Other& relation, const std::string& name) override;
  std::vector<const kinds::Other*> columns_of(const kinds::Other& relation) override;
  std::vector<std::string> coming_extensions() const override;
  std::string type(const sql::Node& type_name, std::vector<std::string>& depends) override;
  std::string collation(const sql::List& name, std::vector<std::string>& depends) override;
  std::string qualified(std::string_view object_class, const sql::List& name,
                        std::vector<std::string>& depends) override;
  sql::Cutter cutter() const override;
  model::Definition definition(sql::Span span) const override;
  model::Object* relation() override { return relation_; }
  model::Object* column() override { return column_; }
  const std::string& text() const override { return text_; }
  void dispatch(const std::string& name, const sql::Node& node, model::Object* in_relation, model::Object* in_column,
                std::string with_text) override;
  model::Origin origin(const sql::Node& node) const override;
  model::Origin origin() const override;
  bool made_now(const model::Object& object) const override { return made_now_.count(&object) != 0; }
  std::string setting(std::string_view name) const override;
  void inherit(model::Object& child, model::Object& parent, bool as_partition) override;
  void disinherit(model::Object& child, model::Object& parent) override;
  void keep_checks(model::Object& child, const model::Object& parent);
  std::vector<model::Object*> inheritors(const model::Object& parent) override;
  std::string choose_relation_name(std::string_view name1, std::string_view name2, std::string_view label,
                                   const std::string& in_schema, bool constraint) override;
  std::string choose_constraint_name(std::string_view name1, std::string_view name2, std::string_view label,
                                     const std::string& in_schema) override;
  void error(const sql::Node& node, std::string what, std::string hint) override;
  void error(std::string what, std::string hint) override;
  void unmodelled(std::string object, std::string note) override;
  model::Object* add(model::Object object) override;

 private:
  using Reader = void (*)(const sql::Node&, kinds::DesiredReader&);
  struct Registered {
    const model::Kind* kind;
    Reader read;
  };

  // interpreter.cpp: the statements that belong to no kind
  bool speaks_of_temporary() const;
  void run_statement(const sql::Node& node);
  void run_schema_elements(const sql::Node& node);
  void run_alter_table(const sql::Node& node);
  void run_rename(const sql::Node& node);
  model::Object* renamed_by(const sql::Node& node);
  void run_set_schema(const sql::Node& node);
  void move_to_schema(model::Object& object, const std::string& to);
  void run_set(const sql::Node& node);
  void run_transaction(const sql::Node& node);
  void keep_for_after(const std::string& name);
  void reset_settings();
  void run_select(const sql::Node& node);
  bool is_read(const std::string& name) const;
  std::string creator() const;

  // temporary.cpp
  bool is_temporary(const std::vector<std::string>& names) const;
  bool run_on_temporary(const sql::Node& node);

  // drop.cpp
  void run_drop(const sql::Node& node);
  void drop(const std::vector<std::string>& keys, const sql::Node& node);
  void forget(const std::unordered_set<std::string>& keys);
  void drop_column(const sql::Node& node, const model::Object& column);
  void collect_column_below(model::Object& column, bool only, std::vector<std::string>& keys);
  void drop_constraint(const sql::Node& node, const model::Object& constraint);
  void collect_check_below(const model::Object& check, bool only, std::vector<std::string>& keys);

  // resolve.cpp
  std::vector<std::string> path() const;
  std::string extension_schema() const;
  std::string path_text() const;
  model::Object* relation_named(const std::string& in_schema, const std::string& name);
  model::Object* type_named(const std::vector<std::string>& names, std::vector<std::string>* depends,
                            std::string* resolved);
  static std::string class_of(std::string_view type);
  void note_unmade(std::string_view object_class, const std::vector<std::string>& names, const sql::Node& node);
  const model::Object* class_named(const std::vector<std::string>& names);
  const model::Object* made_of_class(std::string_view object_class, const std::vector<std::string>& names);
  std::string last_name(std::string_view type, const sql::Node& node, std::vector<std::string>& names);
  std::string schema_in_environment(std::string_view object_class, const std::string& name) const;
  std::vector<std::string> schemas_of_member(const std::string& member) const;
  void depend_on_bringers(const std::string& member, std::vector<std::string>& depends) const;
  void note_relation(const model::Object& object);
  void note_constraint(const model::Object& object);
  bool has_constraint(const std::string& in_schema, const std::string& name);

  // others.cpp
  std::vector<std::string> schemas_searched(const std::vector<std::string>& names) const;
  std::string signature_in(const sql::Node& object_with_args);
  const kinds::Other* assume(std::string_view type, const std::vector<std::string>& names,
                             const std::string& signature);
  const kinds::Other* expect(std::string_view type, const std::vector<std::string>& names,
                             const std::string& signature);
  void name_members_to_come(const std::string& in_schema);
  void miss(std::string_view type, const std::vector<std::string>& names, const std::string& signature);

  // rename.cpp
  class Followed;
  bool is_routine_alone(const model::Object& object);
  void rename_object(model::Object& object, std::vector<std::string> names);
  void rename_attribute(const sql::Node& node, model::Object& attribute, const std::string& to);
  void rename_constraint(model::Object& constraint, const std::string& to);
  void rename_column(const sql::Node& node, model::Object& column_object, const std::string& to);
  bool follow_column(const sql::Node& node, const model::Object& relation, const std::string& from,
                     const std::string& to);
  void rename_view_column(const sql::Node& node, model::Object& view_object, const std::string& to);
  std::optional<std::string> with_column_renamed(const model::Object& object, std::size_t attribute,
                                                 const model::Object& relation, const std::string& from,
                                                 const std::string& to, bool& certain);

  // stars.cpp
  class Stars;
  std::optional<std::vector<std::string>> columns_of_relation(const model::Object& relation, int depth = 0);
  void write_stars_out(const model::Object& relation);

  // follow.cpp
  void take_as_it_is(const model::Schema& live, const model::Object& whole, bool with_parts);
  void let_go(model::Object& part, const std::string& above, bool as_partition);
  void take_on(model::Object& part, const model::Object& before, const model::Object& after);
  void follow_parts(const model::Schema& live, model::Object& child, const model::Object& parent);

  // inherit.cpp
  model::List needs_below(const model::Object& original, const model::Object& to);
  model::Object* copy_child(const model::Object& original, model::Object& to, std::vector<std::string> names);
  model::Object* copy_index(const model::Object& original, model::Object& to, const std::string& name);
  void inherit_column(const model::Object& original, model::Object& child, bool as_partition);
  void inherit_checks(model::Object& child, const model::Object& parent, bool as_partition);
  void attach_indexes(model::Object& child, const model::Object& parent);
  void attach_index(model::Object& child, model::Object& parent_index);
  void index_made(const std::string& key);
  void identity_made(const model::Object& column);
  bool is_complete(const model::Object& index);
  void mark_incomplete_links();
  std::string name_of_index_like(const model::Object& original, const model::Object& to);
  void give_identity_like(model::Object& copy, const model::Object& to);
  void copy_like(const sql::Node& node);
  void copy_attributes(const model::Object& type, const model::Object& to);
  const model::Object* copy_statistics(const model::Object& original, model::Object& to);
  void key_using_index(const sql::Node& node);

  SourceOptions options_;
  Desired result_;
  Diagnostics errors_;
  std::unordered_map<std::string, std::vector<Registered>> readers_;
  std::map<std::string, std::string, std::less<>> settings_;
  std::unordered_map<std::string, std::string> relations_;  ///< "schema.name", "type schema.name" → key
  std::unordered_map<std::string, std::vector<std::string>> constraints_;  ///< "schema.name" → keys of those made
  std::unordered_map<std::string, std::vector<std::string>> inheritors_;   ///< key → keys

  std::list<kinds::Other> assumed_;  ///< where no server says what there is

  std::set<const sql::Statement*> left_out_;
  bool in_transaction_ = false;
  std::map<std::string, std::optional<std::string>> after_transaction_;  ///< what SET LOCAL has set aside
  std::map<std::string, bool> temporary_;                                ///< what is; whether COMMIT drops it

  const sql::Script* script_ = nullptr;
  const sql::Statement* statement_ = nullptr;
  std::shared_ptr<const std::vector<sql::Token>> tokens_;  ///< of the statement, once somebody asks for them
  model::Object* relation_ = nullptr;
  model::Object* column_ = nullptr;
  std::unordered_set<const model::Object*> made_now_;
  int place_ = -1;  ///< where the element that is being read stands; -1 outside of elements
  std::string text_;
  bool only_ = false;  ///< ALTER TABLE ONLY …
};

}  // namespace segue::source
