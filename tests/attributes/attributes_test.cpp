// Guards against the classic bug of this field: an attribute that is modelled, and that one of the readers does not
// fill, the diff does not look at, the hash leaves out or no statement writes. Every row of every kind's table is
// tried, with what the case folders make of it; what no case folder says stands in testdata/attributes.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "catalog/introspect.h"
#include "diff/diff.h"
#include "kinds/kinds.h"
#include "pg/connect.h"
#include "plan/planner.h"
#include "source/desired.h"
#include "support/files.h"
#include "support/server.h"

namespace segue::test {
namespace {

namespace fs = std::filesystem;
using model::Object;

/// Kind and attribute: "column.not_null".
std::string row_of(const model::Kind& kind, std::size_t attribute) {
  return std::string(kind.name) + "." + std::string(kind.attributes[attribute].name);
}

/// A row that is not filled, and why.
using Excuses = std::map<std::string, std::string>;

/// What a server of this version does not have; 18 is what libpg_query of that version parses.
const Excuses newer_servers = {
    {"collation.rules", "PostgreSQL 16"},
    {"column.not_null_name", "PostgreSQL 18"},
    {"column.not_null_name_shared", "PostgreSQL 18"},
    {"domain.not_null_name", "PostgreSQL 18"},
    {"publication.generated_columns", "PostgreSQL 18"},
    {"subscription.failover", "PostgreSQL 17"},
    {"subscription.password_required", "PostgreSQL 16"},
    {"subscription.run_as_owner", "PostgreSQL 16"},
};

const Excuses only_in_files = {
    {"column.backfill", "an annotation"},
    {"column.using", "an annotation"},
    {"constraint.invalid", "what was cut off: planning/invalid_index_test"},
    {"constraint.key_names", "what copies of an exclusion are named after: the names are chosen in the file"},
    {"extension.cascade", "what CREATE EXTENSION is to bring along is not kept"},
    {"extension.created_under", "the search path of the file that made it"},
    {"index.invalid", "what was cut off: planning/invalid_index_test"},
    {"index.column_names", "what its copies are named after: the names are chosen in the file"},
    {"partition.detach_pending", "what was cut off: faults/online_partitions_test"},
    {"materialized view.column_names", "the names before the query: only a file has them"},
    {"materialized view.written", "the query before its columns were named: only a file has it"},
    {"initial privileges.statements", "on members of an extension that the plan is to create"},
    {"security label.label", "the server takes labels from loaded providers only: planning/security_labels_test"},
    {"security label.provider", "as above"},
    {"trigger.created_under", "the search path of the file that made it"},
    {"view.column_names", "the names before the query: only a file has them"},
    {"view.written", "the query before its columns were named: only a file has it"},
};

const Excuses only_in_catalogs = {
    {"comment.built_in", "what an extension's control file says"},
    {"constraint.copies", "the server names the copies"},
    {"constraint.invalid", "what was cut off: planning/invalid_index_test"},
    {"extension.relocatable", "its control file says so"},
    {"index.invalid", "what was cut off: planning/invalid_index_test"},
    {"index.made_as", "its OID"},
    {"initial privileges.statements", "only a plan for a server knows which extensions it lacks"},
    {"materialized view.columns", "what the server made of the query"},
    {"partition.detach_pending", "what was cut off"},
    {"partition.foreign_keys_from_above", "the server names the copies"},
    {"security label.label", "no file of the corpus has any, since psql could not load it everywhere"},
    {"security label.provider", "as above"},
    {"sequence.live_owner", "owners of files are objects of their own"},
    {"table.live_owner", "owners of files are objects of their own"},
    {"view.columns", "what the server made of the query"},
};

bool is_default(const Object& object, std::size_t attribute) {
  return object[attribute] == model::make_object(*object.kind, object.names)[attribute];
}

std::set<std::string> rows_of(const model::Schema& schema) {
  std::set<std::string> rows;
  for (const Object& object : schema.objects()) {
    for (std::size_t i = 0; i < object.values.size(); ++i) {
      if (!is_default(object, i)) rows.insert(row_of(*object.kind, i));
    }
  }
  return rows;
}

/// The schema of a file; nothing where segue refuses it, which is for other tests to judge.
std::optional<model::Schema> read(const fs::path& file) {
  auto scripts = source::parse_all({{file.string(), read_file(file)}});
  if (!scripts) return std::nullopt;
  source::SourceOptions options;
  options.default_owner = "tester";
  auto desired = source::read_desired(*scripts, options);
  if (!desired) return std::nullopt;
  return std::move(desired->schema);
}

std::vector<fs::path> files_to_read() {
  std::vector<fs::path> files;
  for (const char* folder : {"attributes", "cases"}) {
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(testdata() / folder)) {
      const std::string name = entry.path().filename().string();
      if (entry.path().extension() == ".sql" && name != "rows.sql") found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

/// Few files that together say all that all of them say.
struct Corpus {
  std::vector<fs::path> files;
  std::set<std::string> rows;
};

const Corpus& corpus() {
  static const Corpus made = [] {
    Corpus all;
    for (const fs::path& file : files_to_read()) {
      const auto schema = read(file);
      if (!schema) continue;
      const std::set<std::string> rows = rows_of(*schema);
      const std::size_t known = all.rows.size();
      all.rows.insert(rows.begin(), rows.end());
      const bool ours = file.parent_path().filename() == "attributes";
      if (ours || all.rows.size() > known) all.files.push_back(file);
    }
    return all;
  }();
  return made;
}

/// All rows of all tables that are not in `rows` or excused, one a line.
std::string lacking(const std::set<std::string>& rows, const Excuses& excused) {
  std::string text;
  for (const model::Kind* kind : kinds::all()) {
    for (std::size_t i = 0; i < kind->attributes.size(); ++i) {
      const std::string row = row_of(*kind, i);
      const bool missing = rows.count(row) == 0 && excused.count(row) == 0 && newer_servers.count(row) == 0;
      if (missing) text += row + "\n";
    }
  }
  return text;
}

/// An excuse that is no longer needed is taken away.
std::string needless(const std::set<std::string>& rows, const Excuses& excused) {
  std::string text;
  for (const auto& [row, reason] : excused) {
    if (rows.count(row) != 0) text += row + "\n";
  }
  return text;
}

TEST(Attributes, AreAllReadFromFiles) {
  EXPECT_EQ(lacking(corpus().rows, only_in_catalogs), "");
  EXPECT_EQ(needless(corpus().rows, only_in_catalogs), "");
}

TEST(Attributes, AreAllReadFromTheCatalog) {
  std::set<std::string> rows;
  Server::shared().ask("postgres", "SET allow_in_place_tablespaces = on; CREATE TABLESPACE aside LOCATION ''");
  for (const fs::path& file : corpus().files) {
    const Database database(Server::shared());
    database.load(file);
    const auto target = pg::parse_target(database.url());
    ASSERT_TRUE(target);
    auto session = pg::connect(*target);
    ASSERT_TRUE(session) << render(session.error());
    const auto live = catalog::introspect(**session);
    ASSERT_TRUE(live) << render(live.error());
    rows.merge(rows_of(live->schema));
  }
  EXPECT_EQ(lacking(rows, only_in_files), "");
  EXPECT_EQ(needless(rows, only_in_files), "");
}

std::size_t length(const model::Value& value) {
  const auto* list = std::get_if<model::List>(&value);
  return list == nullptr ? 0 : list->size();
}

/// Values that an attribute has somewhere in the corpus, and its default.
using Values = std::map<std::string, model::Value>;  // by their text
std::map<std::string, Values> values_by_row() {
  std::map<std::string, Values> values;
  for (const fs::path& file : corpus().files) {
    const auto schema = read(file);
    for (const Object& object : schema->objects()) {
      for (std::size_t i = 0; i < object.values.size(); ++i)
        values[row_of(*object.kind, i)].emplace(model::to_text(object[i]), object[i]);
    }
  }
  return values;
}

/// What an attribute could be instead. Lists keep their length: several of an object may belong together.
std::vector<model::Value> others(const model::Value& value, const Values& known) {
  std::vector<model::Value> found;
  for (const auto& [text, one] : known) {
    if (one != value && one.index() == value.index() && length(one) == length(value) && found.size() < 4)
      found.push_back(one);
  }
  if (const auto* flag = std::get_if<bool>(&value)) found.push_back(!*flag);
  if (const auto* number = std::get_if<std::int64_t>(&value)) found.push_back(*number + 1);
  if (const auto* text = std::get_if<std::string>(&value); text != nullptr && found.empty())
    found.push_back(*text + "x");
  if (const auto* list = std::get_if<model::List>(&value); list != nullptr && !list->empty() && found.empty()) {
    model::List other = *list;
    other.front() += "x";
    found.push_back(std::move(other));
  }
  if (found.empty()) found.emplace_back();
  return found;
}

/// A schema in which one attribute of one object is another.
class Changed {
 public:
  Changed(const fs::path& file, const std::string& key, std::size_t attribute, const model::Value& value)
      : from_(std::move(*read(file))), to_(std::move(*read(file))), key_(key) {
    (*to_.find(key))[attribute] = value;
  }

  std::vector<diff::Difference> differences() const { return diff::compare(from_, to_); }
  bool hash_differs() const { return plan::object_hash(*from_.find(key_)) != plan::object_hash(*to_.find(key_)); }

  /// Statements there and back, or the message that says why there are none.
  std::pair<std::string, std::string> statements() const {
    plan::PlannerInput input;
    input.from = &from_;
    input.to = &to_;
    input.differences = differences();
    input.current_role = "tester";
    plan::Body body;
    const Status status = plan::make_steps(input, body);
    if (!status) return {render(status.error()), "refused"};
    std::pair<std::string, std::string> text;
    for (const plan::Step& step : body.steps) {
      for (const std::string& sql : step.sql) text.first += sql + ";\n";
      for (const std::string& sql : step.inverse.sql) text.second += sql + ";\n";
    }
    return text;
  }

 private:
  model::Schema from_;
  model::Schema to_;
  std::string key_;
};

struct Example {
  fs::path file;
  std::string key;
  std::size_t attribute = 0;
};

/// For each row that is compared the first few objects that have a value of their own.
std::map<std::string, std::vector<Example>> examples() {
  std::map<std::string, std::vector<Example>> found;
  for (const fs::path& file : corpus().files) {
    const auto schema = read(file);
    for (const Object& object : schema->objects()) {
      for (std::size_t i = 0; i < object.values.size(); ++i) {
        if (is_default(object, i) || object.kind->attributes[i].change == model::Change::derived) continue;
        std::vector<Example>& list = found[row_of(*object.kind, i)];
        if (list.size() < 8) list.push_back({file, object.key, i});
      }
    }
  }
  return found;
}

/// What was seen of one row.
struct Seen {
  bool compared = false;
  bool hashed = false;
  bool printed = false;
  bool all() const { return compared && hashed && printed; }
};

void look(const Example& one, const model::Value& value, Seen& seen) {
  const Changed changed(one.file, one.key, one.attribute, value);
  const std::vector<diff::Difference> differences = changed.differences();
  const auto found = std::find_if(differences.begin(), differences.end(), [&](const diff::Difference& difference) {
    return difference.to != nullptr && difference.to->key == one.key &&
           difference.attributes == std::vector<std::size_t>{one.attribute};
  });
  if (found == differences.end()) return;
  seen.compared = true;
  seen.hashed = seen.hashed || changed.hash_differs() || found->to->kind->attributes[one.attribute].may_be_left_open;
  const auto [there, back] = changed.statements();
  seen.printed = seen.printed || (!there.empty() && !back.empty() && there != back);
}

TEST(Attributes, AreComparedHashedAndPrinted) {
  const auto values = values_by_row();
  for (const auto& [row, list] : examples()) {
    Seen seen;
    for (const Example& one : list) {
      const auto schema = read(one.file);
      for (const model::Value& value : others((*schema->find(one.key))[one.attribute], values.at(row))) {
        if (!seen.all()) look(one, value, seen);
      }
    }
    EXPECT_TRUE(seen.compared) << row << " is not compared";
    EXPECT_TRUE(seen.hashed) << row << " is not in the object's hash";
    EXPECT_TRUE(seen.printed) << "no statement says " << row;
  }
}

}  // namespace
}  // namespace segue::test
