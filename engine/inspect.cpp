// The live database as a schema file: the catalog as the desired side, an empty database as the start, and the
// planner's own statements in between. There is no second printer of objects.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "as_written.h"
#include "catalog/introspect.h"
#include "connection.h"
#include "diff/diff.h"
#include "kinds/kinds.h"
#include "plan/planner.h"
#include "plan/reading.h"
#include "scope.h"
#include "segue.h"
#include "source/desired.h"
#include "sql/newer_grammar.h"
#include "sql/script.h"

namespace segue {
namespace {

using model::Object;

/// What stands in the database, and who asks.
struct Found {
  catalog::Live live;
  std::string current_role;
  int server_version = 150000;
};

Status read_database(Session& session, Found& found) {
  if (const auto begun = catalog::begin_snapshot(session); !begun) return begun.failure();
  const auto who = session.query("SELECT current_user");
  if (!who) return who.failure();
  found.current_role = who->at(0, 0).value_or("");
  found.server_version = session.server_version();
  auto live = catalog::introspect(session);
  if (!live) return live.failure();
  if (const auto ended = session.execute("COMMIT"); !ended) return ended.failure();
  found.live = std::move(*live);
  return done();
}

/// What somebody asked to leave out, and what of the rest cannot do without it.
void exclude(const std::vector<std::string>& patterns, catalog::Live& live) {
  if (patterns.empty()) return;
  std::set<std::string> gone;
  for (const Object& object : live.schema.objects()) {
    if (is_excluded(object, live.schema, patterns)) gone.insert(object.key);
  }
  for (const std::string& key : gone) live.schema.remove(key);
  std::erase_if(live.unmodelled, [&](const catalog::Note& note) {
    return is_excluded(note.object.substr(note.object.rfind(' ') + 1), patterns);
  });
  for (const Object& object : live.schema.objects()) {
    for (const std::string& needed : object.depends) {
      if (gone.count(needed) != 0)
        live.unmodelled.push_back({needed, "excluded, although " + object.key + " needs it", ""});
    }
  }
}

/// What no statement of segue's could make.
void leave_out_what_cannot_be_made(catalog::Live& live) {
  std::map<std::string, std::string> left_out;
  for (const Object& object : live.schema.objects()) {
    if (object.kind->why_not_created == nullptr) continue;
    if (std::string why = object.kind->why_not_created(object); !why.empty()) left_out.emplace(object.key, why);
  }
  for (const auto& [key, why] : left_out) {
    live.schema.remove(key);
    live.unmodelled.push_back({key, why, ""});
  }
}

using Texts = std::map<std::string, std::vector<std::string>>;

/// What an empty database of that version holds.
Result<model::Schema> empty_database(const Found& found) {
  source::SourceOptions options;
  options.server_version = found.server_version;
  options.default_owner = found.current_role;
  auto baseline = source::read_desired({}, options);
  if (!baseline) return baseline.failure();
  return std::move(baseline->schema);
}

Result<std::vector<plan::Step>> statements_for(const Found& found) {
  const Result<model::Schema> empty = empty_database(found);
  if (!empty) return empty.failure();
  plan::PlannerInput input;
  input.from = &*empty;
  input.to = &found.live.schema;
  input.differences = diff::compare(*empty, found.live.schema);
  input.server_version = found.server_version;
  input.current_role = found.current_role;
  input.for_reading = true;
  plan::Body body;
  if (const Status made = plan::make_steps(input, body); !made) return made.failure();
  return std::move(body.steps);
}

std::string on_one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 32; }, ' ');
  return text;
}

std::string comment(const std::string& text) { return "-- " + on_one_line(text) + "\n"; }

bool has_bodies(const model::Schema& schema) {
  return std::any_of(schema.objects().begin(), schema.objects().end(), [](const Object& object) {
    for (std::size_t i = 0; i < object.values.size(); ++i) {
      if (object.kind->attributes[i].grammar == model::Grammar::body && object.has(i)) return true;
    }
    return false;
  });
}

std::string head_of(const Found& found) {
  std::string head = comment("The schema of a database of PostgreSQL " + std::to_string(found.server_version / 10000) +
                             ", written by segue inspect.");
  for (const catalog::Note& note : found.live.unmodelled)
    head += comment("Left out: " + note.object + ": " + note.text);
  if (has_bodies(found.live.schema))
    head += "\n-- A body may name what stands further down.\nSET check_function_bodies = off;\n";
  return head;
}

/// Prints steps one behind the other; those of one object that fit a line each stand close together.
class Page {
 public:
  /// `remarks`: lines to stand right before a statement, by the keys of the objects that it is about.
  explicit Page(const Texts& remarks) : remarks_(remarks) {}

  void add(const plan::Step& step, const std::string& whole) {
    std::string text;
    for (const std::string& key : step.changes) {
      const auto remarks = remarks_.find(key);
      if (remarks == remarks_.end()) continue;
      for (const std::string& remark : remarks->second) text += remark + "\n";
    }
    for (const std::string& statement : step.sql) text += statement + ";\n";
    const bool short_one = std::count(text.begin(), text.end(), '\n') == 1;
    const bool close = short_one && last_is_short_ && step.kind == last_kind_ && whole == last_whole_;
    if (!text_.empty() && !close) text_ += "\n";
    text_ += text;
    last_is_short_ = short_one;
    last_kind_ = step.kind;
    last_whole_ = whole;
  }

  /// Includes a file at this place.
  void include(const std::string& path) {
    if (!text_.empty() && !last_kind_.empty()) text_ += "\n";
    text_ += "\\ir " + path + "\n";
    last_is_short_ = false;
    last_kind_.clear();
    last_whole_.clear();
  }

  const std::string& text() const { return text_; }

 private:
  const Texts& remarks_;
  std::string text_;
  std::string last_kind_;
  std::string last_whole_;
  bool last_is_short_ = false;
};

/// The object in whose company a step stands; null for one that is not there (the schema public, dropped).
const Object* whole_of_step(const plan::Step& step, const model::Schema& schema) {
  const Object* object = schema.find(step.object);
  return object == nullptr ? nullptr : &plan::whole_for_reading(*object, schema);
}

/// A name that is a file's on every system: letters, digits and a few marks, all else by its code.
std::string file_name(const std::string& name) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = std::isalnum(byte) != 0 || byte >= 128 || c == '_' || c == '-' || (c == '.' && !out.empty());
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

/// One file for each relation, type and routine; what stands in no schema, and parts that have to wait for another
/// object, stand in the main file at their place.
class Folder {
 public:
  Folder(const Found& found, const Texts& remarks) : schema_(found.live.schema), remarks_(remarks), main_(remarks) {}

  void add(const plan::Step& step) {
    const Object* whole = whole_of_step(step, schema_);
    const std::string key = whole == nullptr ? step.object : whole->key;
    const std::string path = whole == nullptr ? "" : path_of(*whole);
    if (path.empty() || (pages_.count(path) != 0 && path != open_)) {
      open_.clear();
      return main_.add(step, key);
    }
    if (path != open_) {
      main_.include(path);
      open_ = path;
    }
    pages_.try_emplace(path, remarks_).first->second.add(step, key);
  }

  std::vector<InspectedFile> files(const std::string& head) const {
    std::vector<InspectedFile> files;
    files.push_back({"schema.sql", head + (main_.text().empty() ? "" : "\n") + main_.text()});
    for (const auto& [path, page] : pages_) files.push_back({path, page.text()});
    return files;
  }

 private:
  /// "" for what stands in no schema.
  std::string path_of(const Object& whole) {
    if (whole.parent != model::key_of(kinds::schema, {whole.names.front()})) return "";
    std::string kind(whole.kind->name);
    std::replace(kind.begin(), kind.end(), ' ', '_');
    const std::string path = file_name(whole.names[0]) + "/" + kind + "/" + file_name(whole.names[1]);
    std::string folded = path;  // some file systems do not tell upper from lower case
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::string spelling = file_name(whole.names[0]) + "/" + whole.names[1];
    std::vector<std::string>& spellings = spellings_[folded];
    auto at = std::find(spellings.begin(), spellings.end(), spelling);
    if (at == spellings.end()) at = spellings.insert(spellings.end(), spelling);
    const auto number = at - spellings.begin();
    return path + (number == 0 ? "" : "%" + std::to_string(number + 1)) + ".sql";
  }

  const model::Schema& schema_;
  const Texts& remarks_;
  Page main_;
  std::map<std::string, Page> pages_;
  std::map<std::string, std::vector<std::string>> spellings_;
  std::string open_;  ///< the file that the last step went to
};

std::vector<InspectedFile> written(const InspectRequest& request, const Found& found, Texts remarks,
                                   const std::vector<plan::Step>& steps) {
  for (const catalog::Note& note : found.live.unmodelled) {
    if (!note.part_of.empty()) remarks[note.part_of].push_back("-- " + on_one_line("Left out: " + note.object + "."));
  }
  const std::string head = head_of(found);
  if (request.folder) {
    Folder folder(found, remarks);
    for (const plan::Step& step : steps) folder.add(step);
    return folder.files(head);
  }
  Page page(remarks);
  for (const plan::Step& step : steps) {
    const Object* whole = whole_of_step(step, found.live.schema);
    page.add(step, whole == nullptr ? step.object : whole->key);
  }
  return {{"schema.sql", head + (page.text().empty() ? "" : "\n") + page.text()}};
}

/// What of this the linked parser would refuse, and why: the server may be newer than it.
Texts beyond_the_grammar(const Found& found, const std::vector<plan::Step>& steps) {
  Texts refused;
  const int server_major = found.server_version / 10000;
  if (server_major <= sql::grammar_version()) return refused;
  for (const plan::Step& step : steps) {
    for (const std::string& statement : step.sql) {
      const Result<sql::Script> read = sql::parse(statement, "");
      if (read) continue;
      const std::string& why = read.error().hint;
      refused[step.object].push_back(why.empty() ? sql::newer_server_hint(server_major) : why);
    }
  }
  return refused;
}

}  // namespace

Result<InspectReport> inspect(const InspectRequest& request, const Target& target, const Callbacks& callbacks) {
  const Result<OpenSession> open = open_session(target, callbacks);
  if (!open) return open.failure();
  Found found;
  if (const Status read = read_database(*open->session, found); !read) return read.failure();
  exclude(request.exclude, found.live);
  leave_out_what_cannot_be_made(found.live);
  const std::size_t objects = found.live.schema.size();
  Texts remarks = as_written(found.live.schema, found.server_version);
  const Result<std::vector<plan::Step>> steps = statements_for(found);
  if (!steps) return steps.failure();
  InspectReport report;
  for (const auto& [object, reasons] : beyond_the_grammar(found, *steps)) {
    report.unreadable.push_back(object + ": " + reasons.front());
    remarks[object].push_back("-- " + on_one_line("Beyond this segue: " + reasons.front() + "."));
  }
  report.files = written(request, found, std::move(remarks), *steps);
  report.objects = objects;
  for (const catalog::Note& note : found.live.unmodelled) report.left_out.push_back(note.object + ": " + note.text);
  return report;
}

}  // namespace segue
