#include "plan/refusals.h"

#include <utility>

namespace segue::plan {

using model::Object;

namespace {

constexpr const char* by_another_table =
    "create a table of the new shape under another name, move the rows, and swap the names in two migrations";

}  // namespace

Diagnostic about(const Object& object, const std::string& what, const std::string& why, std::string hint) {
  Diagnostic error = Diagnostic::error(ErrorCode::invalid, object.key + what, std::move(hint));
  error.object = object.key;
  error.why = why;
  error.where.file = object.origin.file;
  error.where.line = object.origin.line;
  return error;
}

Diagnostic refusal(const Object& object, const std::string& reason) {
  return about(
      object, " would have to be dropped and created again, which would lose its rows", reason,
      "create an object of the new shape under another name, move the rows, and swap the names in two migrations");
}

Diagnostic not_dropped(const Object& object, bool replaced, const std::string& why) {
  return about(object, replaced ? " cannot be changed" : " cannot be dropped", why, by_another_table);
}

Diagnostic not_replaced(const Object& object, const std::string& lost, const std::string& reason) {
  return about(object, " would have to be dropped and created again, which would lose " + lost, reason,
               "change it by hand, then plan again");
}

Diagnostic not_created(const Object& object, const std::string& why) {
  return about(object, " cannot be created", why,
               "create it by hand, with the same name; from then on segue compares it");
}

std::string why_held(const kinds::HeldNotNull& held) {
  return held.identity +
         " is an identity, and PostgreSQL takes NOT NULL from a partitioned table and its partitions together";
}

Diagnostic not_null_held(const Object& of_column, const kinds::HeldNotNull& held) {
  return about(of_column, " cannot lose its NOT NULL", why_held(held),
               "detach the partition in one migration, and attach it again in the next");
}

std::string why_not_converted(const std::string& foreign_table) {
  return "its values would need a USING, which PostgreSQL does not take over " + foreign_table + " below it";
}

Diagnostic not_converted(const Object& of_column, const std::string& foreign_table) {
  return about(of_column, " cannot change its type", why_not_converted(foreign_table),
               "take " + foreign_table + " from under it in one migration, and put it back in the next");
}

std::string why_not_exchanged() {
  return "PostgreSQL does not do this to a type that columns hold, and a column by which a table is partitioned keeps "
         "its type, so that it cannot be exchanged for another";
}

Diagnostic not_exchanged(const Object& of_type) {
  return about(of_type, " cannot be changed", why_not_exchanged(), by_another_table);
}

std::string why_held_inside() {
  return "PostgreSQL does not look through the arrays and other types that columns hold the domain in";
}

std::string why_not_checked() {
  return why_held_inside() +
         ", and a table is partitioned by a column of it, so that the domain cannot be exchanged for another";
}

Diagnostic not_checked(const Object& check_of_domain) {
  return about(check_of_domain, " cannot be added", why_not_checked(),
               "add the check as NOT VALID, or have CHECK constraints of the tables say it");
}

Diagnostic not_checked_again(const Object& check_of_domain, const std::string& reason) {
  return about(check_of_domain, " would have to be dropped and added again", reason + ", and " + why_held_inside(),
               "create what it shall read under another name, and have the check read that: then the domain is "
               "exchanged for one with the new check");
}

}  // namespace segue::plan
