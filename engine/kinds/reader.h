// How kinds read: one interface for the statements of a file, one for the rows of the catalog.
//
// Implemented by source/ and catalog/; called by the readers in the files of this folder. A reader adds objects to the
// schema under construction and nothing else; it never compares and never writes SQL.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/session.h"
#include "model/kind.h"
#include "model/schema.h"
#include "sql/cut.h"
#include "sql/tree.h"

namespace segue::kinds {

struct Other;

/// A name with its schema, as the server would resolve it.
struct Name {
  std::string schema;
  std::string name;
};

/// Reads the statements of a schema file in their order, as the server would run them.
class DesiredReader {
 public:
  virtual ~DesiredReader() = default;

  virtual model::Schema& schema() = 0;
  virtual int server_version() const = 0;

  // -- names ---------------------------------------------------------------------------------------------------------
  /// Where CREATE puts an object of that name: its own schema, or the first of the search path that exists
  /// (namespace.c RangeVarGetCreationNamespace). Reports a schema that does not exist.
  virtual Name creation_name(const sql::Node& range_var) = 0;
  virtual Name creation_name(const std::vector<std::string>& qualified) = 0;
  /// The relation (table, view, materialized view, sequence, foreign table, index, composite type) that a name means
  /// under the search path; null and an error where there is none (no error with `quiet`).
  virtual model::Object* find_relation(const sql::Node& range_var, bool quiet = false) = 0;
  virtual model::Object* find_relation(const std::vector<std::string>& qualified, bool quiet = false) = 0;
  /// The object that DROP, COMMENT, GRANT, ALTER … OWNER and their like speak of: `object_type` is "OBJECT_TABLE" …,
  /// `object` the node that the grammar gives for it. Null and an error where there is none (no error with `quiet`).
  virtual model::Object* find_object(std::string_view object_type, const sql::Node& object, bool quiet = false) = 0;
  /// A routine by name and argument types (of an ObjectWithArgs), null and an error where there is none.
  virtual model::Object* find_routine(const sql::Node& object_with_args, bool quiet = false) = 0;

  // -- what GRANT speaks of ------------------------------------------------------------------------------------------
  /// The object of the file; null without a word where it makes none of that name.
  virtual model::Object* find_granted(std::string_view object_type, const sql::Node& object) = 0;
  /// The system's object or the extension's member of that name (kinds/others.h), for what the file does not make. Null
  /// where there is none, or none is known yet; the reader says so. Good while the file is read.
  virtual const Other* find_other(std::string_view object_type, const sql::Node& object) = 0;
  virtual std::vector<const Other*> others_in(std::string_view object_type,
                                              const std::vector<std::string>& schemas) = 0;
  /// A column of such a relation; null and an error where there is none.
  virtual const Other* find_column_of(const Other& relation, const std::string& name) = 0;
  virtual std::vector<const Other*> columns_of(const Other& relation) = 0;
  /// Keys of the file's extensions that the server does not have yet.
  virtual std::vector<std::string> coming_extensions() const = 0;

  // -- types ---------------------------------------------------------------------------------------------------------
  /// A TypeName as format_type prints it under an empty search path ("character varying(10)", "public.mood[]"), and
  /// the keys of the objects it needs.
  virtual std::string type(const sql::Node& type_name, std::vector<std::string>& depends) = 0;
  /// A collation name under the search path, qualified and quoted ("pg_catalog.\"C\""), and what it needs.
  virtual std::string collation(const sql::List& name, std::vector<std::string>& depends) = 0;
  /// An operator class, operator, function, … name: qualified where the model knows it, else as written, quoted.
  virtual std::string qualified(std::string_view object_class, const sql::List& name,
                                std::vector<std::string>& depends) = 0;

  // -- definitions ---------------------------------------------------------------------------------------------------
  /// The tokens of the present statement, to cut clauses out of its text.
  virtual sql::Cutter cutter() const = 0;
  /// The file's own bytes, with the search path in force.
  virtual model::Definition definition(sql::Span span) const = 0;
  /// A definition of text that does not stand in the file (an implied default such as nextval('…'::regclass)), which
  /// is already qualified.
  static model::Definition implied(std::string text) { return {std::move(text), ""}; }

  // -- context -------------------------------------------------------------------------------------------------------
  /// The relation that CREATE TABLE or ALTER TABLE speaks of, and the column within a column's own constraints.
  virtual model::Object* relation() = 0;
  virtual model::Object* column() = 0;
  /// Hands a node on to the kind that reads nodes of that name ("ColumnDef", "Constraint/CONSTR_CHECK",
  /// "AlterTableCmd/AT_AddColumn"), within the context of `relation` and `column`.
  virtual void dispatch(const std::string& name, const sql::Node& node, model::Object* in_relation,
                        model::Object* in_column = nullptr, std::string with_text = {}) = 0;
  /// The text handed along with dispatch, for what no node says (the type of a serial column, its default).
  virtual const std::string& text() const = 0;
  /// The place of a node (or of the statement), for objects made from it.
  virtual model::Origin origin(const sql::Node& node) const = 0;
  virtual model::Origin origin() const = 0;
  /// Whether the present statement made the object.
  virtual bool made_now(const model::Object& object) const = 0;
  /// The parameter of `SET default_table_access_method` and the like at this statement; "" where not set.
  virtual std::string setting(std::string_view name) const = 0;

  // -- inheritance ---------------------------------------------------------------------------------------------------
  /// Gives `child` the columns and checks of `parent` (tablecmds.c MergeAttributes): those it lacks are added, those it
  /// has are marked as inherited. A partition gets indexes, keys and triggers of the parent too
  /// (AttachPartitionEnsureIndexes, CloneRowTriggersToPartition).
  virtual void inherit(model::Object& child, model::Object& parent, bool as_partition) = 0;
  /// Undoes the link, and leaves what was inherited as the child's own.
  virtual void disinherit(model::Object& child, model::Object& parent) = 0;
  /// The tables that inherit directly from a relation, partitions among them.
  virtual std::vector<model::Object*> inheritors(const model::Object& parent) = 0;

  // -- implicit names ------------------------------------------------------------------------------------------------
  /// indexcmds.c ChooseRelationName: name1_name2_label, cut to 63 bytes, numbered until free among the relations (and
  /// with `constraint`, among the constraints) of that schema.
  virtual std::string choose_relation_name(std::string_view name1, std::string_view name2, std::string_view label,
                                           const std::string& schema, bool constraint) = 0;
  /// pg_constraint.c ChooseConstraintName: the same, free among the constraints of the schema.
  virtual std::string choose_constraint_name(std::string_view name1, std::string_view name2, std::string_view label,
                                             const std::string& schema) = 0;

  // -- what went wrong -----------------------------------------------------------------------------------------------
  /// An error at the node's place (or the statement's).
  virtual void error(const sql::Node& node, std::string what, std::string hint = {}) = 0;
  virtual void error(std::string what, std::string hint = {}) = 0;
  /// Something that segue does not model and leaves to the user; named in every plan.
  virtual void unmodelled(std::string object, std::string note) = 0;
  /// Adds the object at the present origin, or reports that it exists already.
  virtual model::Object* add(model::Object object) = 0;
};

/// One row of a kind's catalog query, by column position.
struct Row {
  const Rows* rows = nullptr;
  std::size_t at = 0;
  bool null(std::size_t i) const { return rows->is_null(at, i); }
  std::string_view view(std::size_t i) const { return rows->text(at, i); }  ///< "" for NULL; valid while the rows are
  std::string text(std::size_t i) const { return std::string(view(i)); }
  bool flag(std::size_t i) const;                      ///< "t"
  std::int64_t number(std::size_t i) const;            ///< 0 for NULL
  std::vector<std::string> list(std::size_t i) const;  ///< an array as the server prints it
};

/// Receives the objects of the catalog.
class CatalogReader {
 public:
  virtual ~CatalogReader() = default;
  virtual int server_version() const = 0;
  virtual model::Schema& schema() = 0;
  /// Adds an object that stands at (catalog, oid, sub) in pg_depend's terms ("pg_class", "16384", 0).
  virtual model::Object* add(model::Object object, std::string_view catalog, std::string_view oid, int sub = 0) = 0;
  /// Another address in pg_depend that stands for the same object: a row type, a backing index, a view's rule.
  virtual void alias(const model::Object& object, std::string_view catalog, std::string_view oid, int sub = 0) = 0;
  /// What belongs to an extension is no object, but whoever needs it needs the extension.
  virtual void member(const model::Object& extension, std::string_view catalog, std::string_view oid) = 0;
  /// A column that a plan keeps in its table: whatever stands on its address is not ours.
  virtual void hide_column(const model::Object& relation, std::string_view oid, int number) = 0;
  /// The object at an address (that of the whole where the part is none); null where it is not ours.
  virtual model::Object* at(std::string_view catalog, std::string_view oid, int sub = 0) = 0;
  /// Something that segue does not model: named in every plan.
  virtual void unmodelled(std::string object, std::string note) = 0;
  /// The same for a part of an object that is modelled (the password of a user mapping), by that one's key.
  virtual void unmodelled_part(const std::string& part, const std::string& of, std::string note) = 0;
};

/// For WHERE: the schema is neither the system's nor segue's own, and the object is no member of an extension.
/// `catalog` is "pg_class", `oid` the expression of its oid (never NULL), `schema` the expression of the schema's name.
std::string ours(std::string_view catalog, std::string_view oid, std::string_view schema);

/// A definition as the server printed it; absent for NULL.
model::Value printed(const Row& row, std::size_t i);

/// Text, a number or a flag; absent for NULL (or for "" with text).
model::Value text_or_absent(const Row& row, std::size_t i);

}  // namespace segue::kinds
