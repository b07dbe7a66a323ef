// A fault on purpose: a test that still holds under it tests nothing.
//
// MUTATION=overlook: the diff loses the first difference that it finds. MUTATION=forget: the reader of
// files loses the last object that the file makes, owners apart. What was lost goes to the file MUTATION_LOG, a line
// for each.
#include <cstdlib>
#include <fstream>
#include <string>

#include "diff/diff.h"
#include "source/desired.h"

namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

void log(const std::string& line) { std::ofstream(variable("MUTATION_LOG"), std::ios::app) << line << "\n"; }

std::string rule_of(const segue::diff::Difference& difference) {
  const segue::model::Object& object = difference.to != nullptr ? *difference.to : *difference.from;
  const std::string kind(object.kind->name);
  if (difference.from == nullptr) return "create " + kind;
  if (difference.to == nullptr) return "drop " + kind;
  std::string rule = "alter " + kind;
  for (const std::size_t attribute : difference.attributes)
    rule += " " + std::string(object.kind->attributes[attribute].name);
  return rule;
}

}  // namespace

// The names are the linker's: --wrap sends every call of the function here, and the function itself is called __real_.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
std::vector<segue::diff::Difference>
real_compare(const segue::model::Schema& from, const segue::model::Schema& to, const segue::diff::Same& same) asm(
    "__real__ZN5segue4diff7compareERKNS_5model6SchemaES4_RKSt13unordered_setINS0_4PairENS0_8PairHashE"
    "St8equal_toIS6_ESaIS6_EE");
std::vector<segue::diff::Difference>
wrapped_compare(const segue::model::Schema& from, const segue::model::Schema& to, const segue::diff::Same& same) asm(
    "__wrap__ZN5segue4diff7compareERKNS_5model6SchemaES4_RKSt13unordered_setINS0_4PairENS0_8PairHashE"
    "St8equal_toIS6_ESaIS6_EE");
segue::Result<segue::source::Desired>
real_read_desired(const segue::source::Scripts& scripts, const segue::source::SourceOptions& options) asm(
    "__real__ZN5segue6source12read_desiredERKSt6vectorINS_3sql6ScriptESaIS3_EERKNS0_13SourceOptionsE");
segue::Result<segue::source::Desired>
wrapped_read_desired(const segue::source::Scripts& scripts, const segue::source::SourceOptions& options) asm(
    "__wrap__ZN5segue6source12read_desiredERKSt6vectorINS_3sql6ScriptESaIS3_EERKNS0_13SourceOptionsE");
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)

std::vector<segue::diff::Difference> wrapped_compare(const segue::model::Schema& from, const segue::model::Schema& to,
                                                     const segue::diff::Same& same) {
  std::vector<segue::diff::Difference> differences = real_compare(from, to, same);
  if (variable("MUTATION") == "overlook" && !differences.empty()) {
    log(rule_of(differences.front()));
    differences.erase(differences.begin());
  }
  return differences;
}

segue::Result<segue::source::Desired> wrapped_read_desired(const segue::source::Scripts& scripts,
                                                           const segue::source::SourceOptions& options) {
  auto desired = real_read_desired(scripts, options);
  if (!desired || variable("MUTATION") != "forget" || desired->schema.size() == 0) return desired;
  // an owner is what the reader adds to every object by itself, and goes unnoticed where no file speaks of owners
  std::string key;
  for (const segue::model::Object& object : desired->schema.objects()) {
    if (object.kind->name != "owner") key = object.key;
  }
  const segue::model::Object* last = desired->schema.find(key);
  if (last == nullptr) return desired;
  log("read " + std::string(last->kind->name));
  desired->schema.remove(key);
  return desired;
}
