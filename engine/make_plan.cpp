// Planning: file and database in, plan out. The one place where all layers meet.
#include <algorithm>
#include <future>
#include <set>

#include "background.h"
#include "base/hash.h"
#include "catalog/introspect.h"
#include "catalog/others.h"
#include "catalog/sizes.h"
#include "event_triggers.h"
#include "exec/history.h"
#include "kinds/kinds.h"
#include "moved_extensions.h"
#include "notes.h"
#include "plan/plan_file.h"
#include "plan/planner.h"
#include "renames.h"
#include "same/expansion.h"
#include "same/same.h"
#include "scope.h"
#include "segue_internal.h"
#include "source/desired.h"
#include "source/reads.h"
#include "sql/newer_grammar.h"
#include "start_state.h"
#include "unfilled.h"
#include "unknown_names.h"

namespace segue {
namespace {

using model::Object;

source::SourceOptions source_options(const PlanRequest& request, const Background& background) {
  source::SourceOptions options;
  options.server_version = background.server_version;
  options.default_owner = request.owner.empty() ? background.current_role : request.owner;
  options.environment = background.environment;
  options.settings = background.settings;
  return options;
}

/// The two sides of a plan, and what was learnt before.
struct Sides {
  Background background;
  source::Desired desired;
  catalog::Live live;
};

/// The sessions that read the catalog: a transaction on the first, and a helper that shares its snapshot where there is
/// one. Opening it takes a while, and goes on while the first is at work.
class CatalogSessions {
 public:
  CatalogSessions(Session& first, const OpenHelper& open_helper)
      : first_(first), opening_(std::async(std::launch::async, open_helper)) {}

  Status begin() {
    auto snapshot = catalog::begin_snapshot(first_);
    if (!snapshot) return snapshot.failure();
    snapshot_ = std::move(*snapshot);
    return done();
  }

  std::vector<Session*> all() {
    helper_ = opening_.get();
    std::vector<Session*> sessions{&first_};
    if (helper_ && !snapshot_.empty() && catalog::join_snapshot(*helper_, snapshot_)) sessions.push_back(helper_.get());
    return sessions;
  }

 private:
  Session& first_;
  std::future<std::unique_ptr<Session>> opening_;
  std::string snapshot_;
  std::unique_ptr<Session> helper_;
};

/// Where the server's grammar is newer than ours, a syntax error may be ours.
Failure with_hint(Failure failure, int server_major) {
  for (Diagnostic& one : failure.diagnostics) {
    if (one.code == ErrorCode::syntax && one.hint.empty()) one.hint = sql::newer_server_hint(server_major);
  }
  return failure;
}

/// What the file grants on and does not make is asked for by name, and the file is read again with the answer.
Status read_with_others(const source::Scripts& scripts, source::SourceOptions options, kinds::Others others,
                        source::Desired& desired) {
  options.environment.others = std::move(others);
  auto again = source::read_desired(scripts, options);
  if (!again) return again.failure();
  desired = std::move(*again);
  return done();
}

Result<kinds::Others> ask_for_others(Session& session, const kinds::WantedOthers& wanted) {
  auto list = catalog::others(session, wanted);
  if (!list) return list.failure();
  return kinds::Others{kinds::Others::Known::told, std::move(*list)};
}

/// Reads both sides at once: the file is parsed while the session tells the background, and interpreted while the
/// catalog is read. Background and catalog belong to one snapshot. An error of the file wins over everything else.
Status read_sides(const PlanRequest& request, const std::vector<source::SchemaText>& texts, Session& session,
                  const OpenHelper& open_helper, Unmentioned unmentioned, Sides& sides) {
  auto parsing = std::async(std::launch::async, [&] { return source::parse_all(texts); });
  CatalogSessions sessions(session, open_helper);
  for (const source::SchemaText& text : texts) look_for_extensions(text.text, sides.background);
  Status status = sessions.begin();
  if (status) status = read_background(session, sides.background);
  if (!status) {
    const auto scripts = parsing.get();
    return scripts ? status : scripts.failure();
  }
  const source::SourceOptions options = source_options(request, sides.background);
  Result<source::Scripts> scripts = source::Scripts();
  const std::shared_future<Status> interpreting = std::async(std::launch::async, [&]() -> Status {
    scripts = parsing.get();
    if (!scripts) return with_hint(scripts.failure(), sides.background.server_version / 10000);
    auto desired = source::read_desired(*scripts, options);
    if (!desired) return desired.failure();
    sides.desired = std::move(*desired);
    return done();
  });
  auto live = catalog::introspect(sessions.all(), [&, interpreting](const model::Kind& kind) {
    // what the file mentions is known by the time at which it matters: these kinds come last
    return unmentioned == Unmentioned::kept || !may_be_left_alone(kind, request) ||
           (interpreting.get() && !is_left_alone(kind, request, sides.desired));
  });
  Result<kinds::Others> others = kinds::Others();
  const bool wants_others = live && interpreting.get() && !sides.desired.wanted.empty();
  if (wants_others) others = ask_for_others(session, sides.desired.wanted);
  const auto ended = session.execute(live && others ? "COMMIT" : "ROLLBACK");
  if (!interpreting.get()) return interpreting.get();
  if (!live) return live.failure();
  if (!others) return others.failure();
  if (!ended) return ended.failure();
  sides.live = std::move(*live);
  return wants_others ? read_with_others(*scripts, options, std::move(*others), sides.desired) : done();
}

/// Definitions that a change sends, or that only the server could settle, are worth remembering; the others cost
/// nothing.
void remember(const model::Schema& desired, const same::World& world, const std::set<std::string>& settled_elsewhere,
              plan::Body& body) {
  for (const Object& object : desired.objects()) {
    const bool changed = body.effects.added.count(object.key) != 0 || body.effects.altered.count(object.key) != 0;
    if (!changed && settled_elsewhere.count(object.key) == 0) continue;
    for (std::size_t i = 0; i < object.values.size(); ++i) {
      const model::Attribute& attribute = object.kind->attributes[i];
      if (attribute.type != model::Type::definition || attribute.grammar == model::Grammar::body || !object.has(i))
        continue;
      body.remembers[object.key][std::string(attribute.name)] = same::remembered_key(object, i, world);
    }
  }
}

/// From here on a rewrite, or a scan under a lock, is worth a hazard: it takes about a second, or more.
constexpr std::int64_t large_rows = 500'000;
constexpr std::int64_t large_bytes = std::int64_t{128} << 20U;

bool is_large(const catalog::Size& size) { return size.rows >= large_rows || size.bytes >= large_bytes; }

/// Hazards that the file accepts for an object hold for its parts as well, those that go included.
void allow_by_file(const std::map<std::string, std::vector<std::string>>& allowed, const model::Schema& live,
                   const model::Schema& desired, plan::Body& body) {
  const auto allow = [&](const model::Schema& schema, const std::string& key, plan::Step& step) {
    for (const Object* at = schema.find(key); at != nullptr; at = schema.find(at->parent)) {
      const auto found = allowed.find(at->key);
      if (found != allowed.end()) step.allowed.insert(step.allowed.end(), found->second.begin(), found->second.end());
    }
  };
  for (plan::Step& step : body.steps) {
    for (const std::string& key : allowed.empty() ? std::vector<std::string>{} : step.changes) {
      allow(live, key, step);
      allow(desired, key, step);
    }
    std::sort(step.allowed.begin(), step.allowed.end());
    step.allowed.erase(std::unique(step.allowed.begin(), step.allowed.end()), step.allowed.end());
  }
}

/// Where no server says what two spellings mean, each definition that may have changed is named.
void name_undecided(const std::vector<diff::Pair>& pairs, const std::string& why, plan::Body& body) {
  for (const diff::Pair& pair : pairs) {
    const model::Attribute& attribute = pair.to->kind->attributes[pair.attribute];
    const bool is_settled = (*pair.from)[pair.attribute] == (*pair.to)[pair.attribute];
    if (is_settled || attribute.grammar == model::Grammar::body) continue;
    body.warnings.push_back(pair.to->origin.file + ":" + std::to_string(pair.to->origin.line) + ": whether " +
                            std::string(attribute.name) + " of " + pair.to->key + " means what it meant is undecided " +
                            why + "; it counts as changed");
  }
}

/// Whether the server could be asked: with temporary tables, which a role that only reads may not have.
bool may_ask(Session& session) {
  const Result<Rows> rows =
      session.query("SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY')");
  return !rows || rows->size() != 1 || rows->at(0, 0) == "t";
}

/// Nobody is there whose objects they are, and an owner must have a name.
Status check_owners(const std::vector<diff::Difference>& differences) {
  const std::size_t role = model::attribute(kinds::owner, "role");
  for (const diff::Difference& difference : differences) {
    for (const Object* object : {difference.from, difference.to}) {
      if (object == nullptr || object->kind != &kinds::owner || !object->text(role).empty()) continue;
      return Diagnostic::error(ErrorCode::invalid, "one of the two states does not say who owns " + object->parent,
                               "name the role that would run it with --owner");
    }
  }
  return done();
}

/// The two sides of a plan, and who can be asked about them.
struct Matter {
  const PlanRequest& request;
  const std::vector<source::SchemaText>& texts;
  Unmentioned unmentioned;
  source::Desired& desired;
  catalog::Live& live;
  Background& background;
  Session* session;  ///< with the database; null: between two files
  Session* asked;    ///< about definitions; null: nobody is

  same::World world() const {
    same::World both;
    both.live = &live.schema;
    both.desired = &desired.schema;
    both.environment = &background.environment;
    both.server_version = background.server_version;
    return both;
  }
};

plan::Plan begin_plan(const Matter& matter, std::vector<Object>& outsiders) {
  const PlanRequest& request = matter.request;
  plan::Plan plan;
  plan::Body& body = plan.body;
  body.scope = request.scope;
  body.exclude = request.exclude;
  body.on_drop = request.on_drop;
  body.server_major = matter.background.server_version / 10000;
  body.owner = request.owner.empty() ? matter.background.current_role : request.owner;
  body.files = described(matter.texts);
  describe_rest(matter.desired, matter.live, request, body);
  if (matter.background.may_not_read_history) {
    body.warnings.emplace_back(
        "the history (schema segue) may not be read by the connected role: what earlier applies managed is unknown, "
        "and is not dropped where the file no longer names it");
  }
  plan.observed.server_version = matter.background.server_version_text;
  outsiders = leave_alone(request, matter.unmentioned, matter.desired, matter.live.schema, body);
  return plan;
}

/// The database's objects under the names that the file gives them, without those that are not ours.
Status bring_together(const Matter& matter, plan::Plan& plan, plan::Renames& renames, std::vector<Object>& outsiders) {
  model::Schema& live = matter.live.schema;
  const auto run_on_live = [&](model::Schema& schema, const std::string& sql) {
    return source::run_on(schema, sql, source_options(matter.request, matter.background));
  };
  read_as_moved(matter.desired.schema, live, matter.background.environment, renames);
  plan::free_names_of_copies(live, matter.desired.schema, renames);
  const auto wishes = renames_by_annotation(matter.desired, live, plan.body.warnings);
  if (const Status annotated = plan::rename(wishes, live, run_on_live, renames); !annotated) return annotated;
  NotOurs others =
      leave_others(matter.request, matter.background.managed, matter.background.server_version, matter.desired, live);
  plan.observed.not_ours = others.count;
  std::move(others.outsiders.begin(), others.outsiders.end(), std::back_inserter(outsiders));
  const Status alike = plan::rename(renames_by_likeness(matter.world()), live, run_on_live, renames);
  if (!alike) return alike;
  source::follow_parents(others.followers, live, matter.desired.schema,
                         source_options(matter.request, matter.background));
  keep_as_it_is(plan.body, live, matter.desired.schema);
  return done();
}

/// What differs once all who could be asked have spoken.
struct Decided {
  same::Settled settled;
  std::vector<diff::Difference> differences;
};

Result<Decided> decide(const Matter& matter, plan::Plan& plan) {
  const std::vector<diff::Pair> pairs = diff::undecided_pairs(matter.live.schema, matter.desired.schema);
  Decided decided;
  decided.settled = same::settle(pairs, matter.world(), matter.background.remembered, matter.asked);
  plan.observed.settled_by_tier = decided.settled.by_tier;
  same::unite(decided.settled.same, matter.live.schema, matter.desired.schema);
  decided.differences = diff::compare(matter.live.schema, matter.desired.schema);
  if (matter.session == nullptr) {
    name_undecided(pairs, "without a database", plan.body);
    if (const Status known = check_owners(decided.differences); !known) return known.failure();
  } else if (decided.settled.by_tier.count("undecided") != 0 && !may_ask(*matter.session)) {
    name_undecided(pairs, "without the right to make temporary tables (GRANT TEMPORARY ON DATABASE)", plan.body);
  }
  return decided;
}

using Sizes = std::map<std::string, catalog::Size>;

/// What the planner asks about the two sides while it writes.
void answer(const Matter& matter, const source::ReadsFinder& finder, const Sizes& sizes, plan::PlannerInput& input) {
  input.reads = [&](const Object& object) { return finder.of(object).keys; };
  input.locks = [&](const Object& object) { return finder.of(object).locks; };
  input.needs_path = [&](const Object& object) { return finder.of(object).needs_path; };
  input.server_form = [&](const Object& object, std::size_t attribute) -> std::optional<std::string> {
    const Object* twin = matter.live.schema.find(object.key);
    if (twin == nullptr || !twin->has(attribute)) return std::nullopt;
    return (*twin)[attribute] == object[attribute] ? std::optional(twin->definition(attribute).text) : std::nullopt;
  };
  input.is_large = [&](const std::string& relation) {
    const auto size = sizes.find(relation);
    return size != sizes.end() && is_large(size->second);
  };
}

/// What would be made or changed.
std::vector<const Object*> wanted(const std::vector<diff::Difference>& differences) {
  std::vector<const Object*> objects;
  for (const diff::Difference& difference : differences) {
    if (difference.to != nullptr) objects.push_back(difference.to);
  }
  return objects;
}

/// A view that takes the columns of a table as they come would take those that plans keep in it.
Status meets_no_hidden_column(const Matter& matter, const source::ReadsFinder& finder, const plan::Body& body) {
  std::set<std::string> relations = matter.live.with_hidden_columns;
  for (const plan::Step& step : body.steps) {
    const bool in_place =
        std::find(step.hazards.begin(), step.hazards.end(), plan::hazard::changes_row_shape) != step.hazards.end();
    if (in_place) relations.insert(matter.live.schema.find(step.object)->parent);
  }
  if (relations.empty()) return done();
  for (const plan::Step& step : body.steps) {
    for (const std::string& key : step.changes) {
      const Object* object = matter.desired.schema.find(key);
      if (step.verb == plan::Verb::drop || object == nullptr || !same::takes_columns_of(*object, relations, finder))
        continue;
      Diagnostic error = Diagnostic::error(
          ErrorCode::refused, key + " takes the columns of a table as they come, among them one that is kept in place",
          "Write its columns out, or keep the values elsewhere: --on-drop retain. What an earlier plan keeps is freed "
          "by "
          "segue purge.");
      error.where.file = object->origin.file;
      error.where.line = object->origin.line;
      return error;
    }
  }
  return done();
}

Status write_steps(const Matter& matter, Decided& decided, plan::Renames renames, const std::vector<Object>& outsiders,
                   plan::Plan& plan) {
  Session* session = matter.session;
  Sizes sizes;
  if (session != nullptr && (!decided.differences.empty() || !renames.steps.empty())) {
    auto found = catalog::sizes(*session);
    if (!found) return found.failure();
    sizes = std::move(*found);
  }
  plan::PlannerInput input;
  input.from = &matter.live.schema;
  input.to = &matter.desired.schema;
  input.differences = std::move(decided.differences);
  input.renames = std::move(renames);
  input.outsiders = &outsiders;
  input.server_version = matter.background.server_version;
  input.current_role = matter.background.current_role;
  input.on_drop = matter.request.on_drop;
  input.online = matter.request.online;
  if (session != nullptr && input.keeps_rows() && !input.differences.empty()) {
    auto names = catalog::retained_names(*session);
    if (!names) return names.failure();
    input.retained = std::move(*names);
  }
  plan::keep_conversions(matter.live.schema, input);
  const source::Environment& environment = matter.background.environment;
  const source::ReadsFinder finder(matter.desired.schema, environment);
  const std::vector<const Object*> changed = wanted(input.differences);
  const Status known = names_are_known(session, environment, matter.desired, finder, changed, matter.texts);
  if (!known) return known;
  answer(matter, finder, sizes, input);
  const std::set<std::string> unfilled = leave_unfilled(matter.live.schema, matter.desired.schema, input.reads);
  if (Status status = plan::make_steps(input, plan.body); !status) return status;
  if (Status status = meets_no_hidden_column(matter, finder, plan.body); !status) return status;
  const Status noted = session == nullptr ? done() : note_event_triggers(*session, plan.body);
  if (!noted) return noted;
  warn_of_unfilled(unfilled, plan.body);
  note_on_steps(session, matter.desired.schema, sizes, plan);
  return done();
}

Result<plan::Plan> plan_between(const Matter& matter) {
  std::vector<Object> outsiders;
  plan::Plan plan = begin_plan(matter, outsiders);
  plan::Renames renames;
  if (const Status together = bring_together(matter, plan, renames, outsiders); !together) return together.failure();
  Result<Decided> decided = decide(matter, plan);
  if (!decided) return decided.failure();
  if (const Status written = write_steps(matter, *decided, std::move(renames), outsiders, plan); !written)
    return written.failure();
  const model::Schema& desired = matter.desired.schema;
  allow_by_file(matter.desired.annotations.allowed, matter.live.schema, desired, plan.body);
  remember(desired, matter.world(), decided->settled.asked, plan.body);
  plan::identify(plan);
  return plan;
}

/// Whether every extension of the file is installed: else a name that nobody has may come with one.
bool has_all_extensions(const model::Schema& desired, const model::Schema& live) {
  return std::all_of(desired.objects().begin(), desired.objects().end(), [&](const Object& object) {
    return object.kind != &kinds::extension || live.contains(object.key);
  });
}

/// A flag whose promise this version cannot keep is refused, not ignored.
Status is_kept(const PlanRequest& request) {
  if (request.ask != "target" && request.ask != "never" && !asks_scratch(request)) {
    return Diagnostic::error(ErrorCode::usage, "--ask " + request.ask + " names nobody to ask",
                             "target, embedded (a private server), the URL of a server to make a copy on, or never");
  }
  return done();
}

}  // namespace

Result<std::vector<source::SchemaText>> load_schema(const PlanRequest& request) {
  std::vector<source::SchemaText> texts;
  const std::vector<std::string> paths =
      request.schema.empty() ? std::vector<std::string>{"schema.sql"} : request.schema;
  for (const std::string& path : paths) {
    if (path == "-") {
      texts.push_back({"<stdin>", request.standard_input});
      continue;
    }
    auto loaded = source::load_files(path);
    if (!loaded) return loaded.failure();
    for (source::SchemaText& text : *loaded) texts.push_back(std::move(text));
  }
  return texts;
}

std::vector<plan::SchemaFile> described(const std::vector<source::SchemaText>& texts) {
  std::vector<plan::SchemaFile> files;
  files.reserve(texts.size());
  for (const source::SchemaText& text : texts) files.push_back({text.path, sha256(text.text)});
  return files;
}

namespace {

Result<source::Desired> read_files(const std::vector<source::SchemaText>& texts, const source::SourceOptions& options) {
  const auto scripts = source::parse_all(texts);
  if (!scripts) return scripts.failure();
  return source::read_desired(*scripts, options);
}

}  // namespace

Result<source::Desired> read_schema(const PlanRequest& request, const std::vector<source::SchemaText>& texts) {
  return read_files(texts, source_options(request, Background()));
}

namespace {

/// What a catalog records in pg_depend and a file does not: what definitions read, as far as their text tells.
void add_dependencies(model::Schema& schema, const source::Environment& environment) {
  const source::ReadsFinder finder(schema, environment);
  for (Object& object : schema.objects()) {
    for (std::string& key : finder.of(object).keys) {
      const auto& known = object.depends;
      if (key != object.key && key != object.parent && std::find(known.begin(), known.end(), key) == known.end())
        object.depends.push_back(std::move(key));
    }
  }
}

/// What stands in the one file is all there is, and ours; there is no server whose names and versions count.
Result<plan::Plan> plan_between_files(const PlanRequest& request) {
  PlanRequest start = request;
  start.schema = {*request.from};
  const auto from = load_schema(start);
  if (!from) return from.failure();
  const auto to = load_schema(request);
  if (!to) return to.failure();
  Background background;
  background.environment.complete = false;
  auto before = read_files(*from, source_options(request, background));
  if (!before) return before.failure();
  auto after = read_files(*to, source_options(request, background));
  if (!after) return after.failure();
  catalog::Live live;
  live.schema = std::move(before->schema);
  add_dependencies(live.schema, background.environment);
  for (source::Note& note : before->unmodelled) live.unmodelled.push_back({note.object, note.text, ""});
  for (const Object& object : live.schema.objects()) {
    if (!object.origin.file.empty()) background.managed.insert(object.key);
  }
  return plan_between({request, *to, Unmentioned::left_out, *after, live, background, nullptr, nullptr});
}

Result<plan::Plan> plan_against(Session& session, const PlanRequest& request,
                                const std::vector<source::SchemaText>& texts, const OpenHelper& open_helper,
                                Session* asked, Unmentioned unmentioned) {
  Sides sides;
  if (auto status = read_sides(request, texts, session, open_helper, unmentioned, sides); !status)
    return status.failure();
  sides.background.environment.complete = has_all_extensions(sides.desired.schema, sides.live.schema);
  auto plan = plan_between({request, texts, unmentioned, sides.desired, sides.live, sides.background, &session, asked});
  // taking the two schemas apart takes a while: both at once
  const auto gone = std::async(std::launch::async, [live = std::move(sides.live)]() mutable { live = {}; });
  sides.desired = {};
  return plan;
}

/// Whether comments, privileges or owners that the file does not mention could go with something.
bool takes_down_unmentioned(const plan::Body& body) {
  return !body.left_alone.empty() && std::any_of(body.steps.begin(), body.steps.end(), [](const plan::Step& step) {
    return step.verb == plan::Verb::drop || step.verb == plan::Verb::replace ||
           std::any_of(step.parts.begin(), step.parts.end(),
                       [](const plan::Part& part) { return part.verb == plan::Verb::drop; });
  });
}

}  // namespace

Result<plan::Plan> make_plan(const PlanRequest& request, Session* session, const Callbacks&,
                             const OpenHelper& open_helper, Session* asked) {
  if (const Status kept = is_kept(request); !kept) return kept.failure();
  if (session == nullptr) return plan_between_files(request);
  auto texts = load_schema(request);
  if (!texts) return texts.failure();
  if (asked == nullptr && request.ask != "never") asked = session;
  auto plan = plan_against(*session, request, *texts, open_helper, asked, Unmentioned::left_out);
  // most plans take nothing down, and need not wait for what hangs on it to be read
  if (!plan || !takes_down_unmentioned(plan->body)) return plan;
  return plan_against(*session, request, *texts, open_helper, asked, Unmentioned::kept);
}

}  // namespace segue
