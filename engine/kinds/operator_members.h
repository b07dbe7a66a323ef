// Operators and support functions of operator classes and families. PostgreSQL: pg_amop, pg_amproc, opclasscmds.c.
//
// Used by operator_class.cpp and operator_family.cpp. A member is kept as the clause of CREATE OPERATOR CLASS that says
// it, types and all: `OPERATOR 1 public.= (integer, integer)`, `FUNCTION 1 (integer, integer) public.f(integer,
// integer)`.
#pragma once

#include <string>
#include <vector>

#include "kinds/reader.h"
#include "model/object.h"
#include "model/schema.h"

namespace segue::kinds::operator_members {

struct Member {
  bool is_function = false;
  int number = 0;
  std::string left;
  std::string right;
  std::string clause;
};

/// The items of CREATE OPERATOR CLASS or ALTER OPERATOR FAMILY but STORAGE; `type` is the class's, "" for a family.
std::vector<Member> read_items(const sql::List& items, const std::string& method, const std::string& type,
                               DesiredReader& reader, std::vector<std::string>& depends);

/// Whether a member that a class is made with, or that a family gets, is tied to the class of its type rather than to
/// the family: each access method has its own rule since 14 (amadjustmembers).
enum class Tie { to_class, to_class_of_type, to_family };
Tie tie_of(const Member& member, const std::string& method, bool of_class, int server_version);

/// The operator that a name means: one of the file's on the search path (`public.<`), or the server's own (`<`).
std::string operator_text(const std::vector<std::string>& names, const std::string& left, const std::string& right,
                          DesiredReader& reader, std::vector<std::string>& depends);

/// `public.f USING btree`: how SQL names a class or a family.
std::string address(const model::Object& object);

/// The last name of a class or family is its access method, which may be one of the file's.
void need_method(model::Object& object, DesiredReader& reader);

/// A family of the file without members.
void make_family(const Name& name, const std::string& method, DesiredReader& reader);

/// Gives a class or a family the member.
void add(const Member& member, model::Object& owner);
/// Takes from it whatever the member's clause stands for.
void remove(const Member& member, model::Object& owner);

/// `OPERATOR 1 (integer, integer)`: how ALTER OPERATOR FAMILY … DROP names a member.
std::string without_object(const std::string& clause);

/// An array of clauses: the members that depend on the object `oid` of the catalog `owner`, those of one number in the
/// order in which they came, which pg_dump shows.
std::string operators_sql(const std::string& owner, const std::string& oid);
std::string functions_sql(const std::string& owner, const std::string& oid);

/// An array of oids: the members themselves, which pg_depend names where they need an operator or a function.
std::string members_sql(const std::string& catalog, const std::string& owner, const std::string& oid);
/// Lets the class or family stand for its members; `first` is the first of the two arrays, pg_amop's and pg_amproc's.
void stand_for_members(const model::Object& owner, const Row& row, std::size_t first, CatalogReader& reader);

/// A name of an object of a schema as SQL has it, from its oid; the schema left out where it is the server's own.
std::string family_name_sql(const std::string& oid);

/// An operator class by its name, of whichever of the server's access methods; null where there is none.
const model::Object* class_named(const model::Schema& schema, const std::string& in_schema, const std::string& name);

}  // namespace segue::kinds::operator_members
