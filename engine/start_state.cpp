#include "start_state.h"

#include <filesystem>

#include "base/quote.h"
#include "connection.h"
#include "kinds/cluster_names.h"
#include "pg/connect.h"
#include "segue_internal.h"

namespace segue {
namespace {

/// The schema of the live database, with the roles that it names.
struct Live {
  trial::Surroundings surroundings;
  pg::ConnectionTarget target;
  std::unique_ptr<Connection> connection;
  int major = 0;
};

Result<Live> look_at_live(const StartRequest& request, const Target& target, const Callbacks& callbacks) {
  Target start = target;
  if (request.from) start.db = request.from;
  Result<OpenSession> open = open_session(start, callbacks);
  if (!open) return open.failure();
  Result<trial::Surroundings> surroundings = trial::read_surroundings(*open->session);
  if (!surroundings) return surroundings.failure();
  if (request.look) {
    if (const Status looked = request.look(*open->session); !looked) return looked.failure();
  }
  const int major = open->session->server_version() / 10000;
  const pg::ConnectionTarget where = open->connection->target();
  return Live{std::move(*surroundings), where, std::move(open->connection), major};
}

Result<std::unique_ptr<trial::Scratch>> open_scratch(const StartRequest& request, int major, const Target& target,
                                                     const Callbacks& callbacks) {
  trial::ScratchOptions options;
  options.server = request.server;
  options.major = major;
  options.directory = target.directory + "/.segue/scratch";
  options.environment = environment_of(target);
  options.notice = callbacks.note;
  std::error_code failed;
  std::filesystem::create_directories(options.directory, failed);
  if (failed) return Diagnostic::error(ErrorCode::io, "cannot make the folder " + options.directory);
  return trial::Scratch::open(options);
}

Status add_cluster_names(const PlanRequest& state, kinds::ClusterNames& names) {
  const auto texts = load_schema(state);
  if (!texts) return texts.failure();
  const Result<source::Desired> desired = read_schema(state, *texts);
  if (!desired) return desired.failure();
  for (const model::Object& object : desired->schema.objects()) kinds::add_cluster_names(object, names);
  return done();
}

/// What files need of their cluster. Wrappers and event triggers may belong to nobody but superusers.
Result<trial::Surroundings> surroundings_of_files(const StartRequest& request) {
  kinds::ClusterNames names;
  PlanRequest from;
  from.schema = {*request.from};
  Status status = add_cluster_names(from, names);
  if (status && request.to) status = add_cluster_names(*request.to, names);
  if (!status) return status.failure();
  trial::Surroundings found;
  found.owner = found.user = request.owner;
  if (!request.owner.empty()) names.roles.insert(request.owner);
  for (const std::string& role : names.roles) found.roles.push_back({role, "SUPERUSER"});
  found.tablespaces.assign(names.tablespaces.begin(), names.tablespaces.end());
  return found;
}

Status make_of_file(const StartState& state, const Target& target, const Callbacks& callbacks) {
  ApplyRequest request;
  request.plan.schema = {*state.from};
  request.plan.scope = "all";
  request.plan.on_drop = "delete";
  request.plan.owner = state.surroundings.user;
  request.allow_hazards = {"all"};
  Target there = target;
  there.db = state.database.conninfo;
  Callbacks quiet = callbacks;
  quiet.step = nullptr;  // whoever looks on waits for another plan's steps
  const Result<RunReport> made = apply(request, there, quiet);
  return made ? done() : Status(made.failure());
}

}  // namespace

bool is_url(const std::string& text) { return text.find("://") != std::string::npos; }

Status StartState::make_again(const Target& target, const Callbacks& callbacks) {
  Result<pg::ConnectionTarget> made = scratch->make_database(surroundings.owner);
  if (!made) return made.failure();
  database = std::move(*made);
  return from ? make_of_file(*this, target, callbacks) : pg::run_script(scratch->programs(), database, schema);
}

Result<StartState> make_start_state(const StartRequest& request, const Target& target, const Callbacks& callbacks) {
  StartState state;
  const bool from_file = request.from && !is_url(*request.from);
  Live live;
  if (from_file) {
    state.from = request.from;
    Result<trial::Surroundings> named = surroundings_of_files(request);
    if (!named) return named.failure();
    state.surroundings = std::move(*named);
  } else {
    Result<Live> found = look_at_live(request, target, callbacks);
    if (!found) return found.failure();
    live = std::move(*found);
    state.surroundings = live.surroundings;
  }
  const int major = request.major != 0 ? request.major : live.major;
  Result<std::unique_ptr<trial::Scratch>> scratch = open_scratch(request, major, target, callbacks);
  if (!scratch) return scratch.failure();
  state.scratch = std::move(*scratch);
  if (!from_file) {
    Result<std::string> schema = pg::dump_schema(state.scratch->programs(), live.target);
    if (!schema) return schema.failure();
    state.schema = std::move(*schema);
  }
  Status status = state.scratch->make(state.surroundings);
  if (status) status = state.make_again(target, callbacks);
  if (!status) return status.failure();
  return state;
}

bool asks_scratch(const PlanRequest& request) { return request.ask == "embedded" || is_url(request.ask); }

Result<Copy> copy_to_ask(const PlanRequest& request, const Target& target, const Callbacks& callbacks) {
  Copy copy;
  if (!asks_scratch(request)) return copy;
  StartRequest start;
  start.server = request.ask;
  start.from = request.from;
  start.owner = request.owner;
  start.to = request;
  Result<StartState> made = make_start_state(start, target, callbacks);
  if (!made) return made.failure();
  copy.state = std::move(*made);
  Result<std::unique_ptr<Session>> session = session_with(copy.state.database, copy.state.surroundings.user, callbacks);
  if (!session) return session.failure();
  copy.session = std::move(*session);
  return copy;
}

Result<std::unique_ptr<Session>> session_with(const pg::ConnectionTarget& database, const std::string& role,
                                              const Callbacks& callbacks) {
  pg::ConnectOptions options;
  options.server_notice = callbacks.server_notice;
  Result<std::unique_ptr<pg::PgSession>> session = pg::connect(database, options);
  if (!session) return session.failure();
  if (!role.empty()) {
    const Result<Rows> set = (*session)->execute("SET ROLE " + quote_identifier(role));
    if (!set) return set.failure();
  }
  return std::unique_ptr<Session>(std::move(*session));
}

}  // namespace segue
