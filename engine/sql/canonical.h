// Tier one of sameness: the canonical form of a definition, so that two spellings of one tree become one text.
//
// Called by diff/sameness with the text of the file and the text the server printed. Equal forms are equal
// definitions; unequal forms prove nothing. Never rewrites anything that PostgreSQL itself might tell apart.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sql/tree.h"

namespace segue::sql {

class Fragments;

/// What a definition is, which says how to parse it. clause: a statement about the home relation, whose columns may
/// stand bare in it.
enum class Grammar { expression, query, clause, type, body };

/// What is known of a type that is not one of pg_catalog's: only an enum or a domain lets anything follow.
struct TypeFacts {
  enum class Kind { enumeration, domain, other } kind = Kind::other;
  std::string base;  ///< of a domain, the type under it as format_type prints it
};

/// What the canonical form may know of the world: names resolve against a model, never against a database.
struct Names {
  /// The schema of a relation / function / type / operator / collation name that stands unqualified under `path`;
  /// nothing where it is not known or not unique. pg_catalog's own names resolve to "pg_catalog".
  std::function<std::optional<std::string>(std::string_view object_class, std::string_view name)> schema_of;
  /// The columns of a relation in order, for resolving unqualified column references and stars; empty if not known.
  std::function<std::vector<std::string>(std::string_view schema, std::string_view relation)> columns_of;
  /// The type of a column as format_type prints it ("character varying(10)"), nothing where not known.
  std::function<std::optional<std::string>(std::string_view schema, std::string_view relation, std::string_view column)>
      type_of;
  /// What kind of type a schema's type is; may be left empty, then definitions over enums and domains stay undecided.
  std::function<std::optional<TypeFacts>(std::string_view schema, std::string_view name)> type_facts;
  /// Keeps what was parsed from one definition to the next; may be left empty.
  Fragments* fragments = nullptr;
  /// Told of every column that is read, those of a star among them, by the schema, relation and name that it has there;
  /// without a relation where it is not known whose it is. May be left empty.
  std::function<void(const std::string& schema, const std::string& relation, const std::string& column)> on_column;
};

/// The relation that a definition belongs to, where it belongs to one: its columns may stand bare.
struct Home {
  std::string schema;
  std::string relation;
  std::string column;  ///< of a default or generated expression: the column that takes its value
};

/// Who wrote a text. What the server printed has to be read otherwise in one place: storable().
enum class Writer { file, server };

/// The canonical form. Fails only where the text does not parse. Without columns in it (`names_columns`), nothing of
/// the relation but the type of home.column matters to an expression.
Result<std::string> canonical(std::string_view text, Grammar grammar, const Names& names, const Home& home = {},
                              Writer writer = Writer::file, bool* names_columns = nullptr);

/// Every name a definition mentions, for dependencies: a superset of what it uses.
struct Mention {
  enum class Class {
    relation,
    function,
    type,
    column,
    op,
    collation,
    sequence,
    opclass,
    search_configuration,
    search_dictionary,
    constraint,
  } object_class;
  std::vector<std::string> names;  ///< as written: {"public","books"}, {"f"}; a part of a relation: {"b","title"}
  int location = -1;
  int arguments = -1;    ///< of a call: how many it has
  bool in_text = false;  ///< within a literal, where a type may have any of its spellings: 'int'::regtype
  std::string_view lock = "ACCESS SHARE";  ///< on a relation: what reading the text takes (analyze.c)
};
Result<std::vector<Mention>> mentions(std::string_view text, Grammar grammar);
/// The same of a tree that is there already; `offset` is subtracted from its locations.
std::vector<Mention> mentions(Node node, int offset = 0);

/// What a query shows, and what it would fail for.
struct QueryColumns {
  std::vector<std::string> names;  ///< of its output
  bool complete = false;           ///< `names` are all of them
  /// Columns that no relation in their reach has, though all columns there are known, and relations that are not there
  /// (parse_relation.c errorMissingColumn, errorMissingRTE). A system column, or a call that is written as a column,
  /// may be among them.
  std::vector<Mention> absent;
};
/// `names.schema_of` and `names.columns_of` say what there is; a relation without columns is one that is not known.
Result<QueryColumns> query_columns(std::string_view text, const Names& names);

/// The version of the canonical form: part of the key of remembered forms.
inline constexpr int canonical_version = 1;

}  // namespace segue::sql
