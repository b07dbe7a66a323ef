#include "trial/scratch.h"

#include <algorithm>

#include "base/quote.h"
#include "pg/connect.h"
#include "pg/embedded_binaries.h"

namespace segue::trial {
namespace {

pg::ConnectionTarget database_of(const pg::ConnectionTarget& target, const std::string& name) {
  return {target.conninfo + " " + pg::conninfo_pair("dbname", name), target.shown + ", database " + name, name};
}

Status run(Session& session, const std::string& sql) {
  const Result<Rows> rows = session.execute(sql);
  return rows ? done() : Status(rows.failure());
}

}  // namespace

Result<Surroundings> read_surroundings(Session& session) {
  Surroundings found;
  const Result<Rows> roles = session.query(
      "SELECT r.rolname, pg_catalog.concat_ws(' ', CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN r.rolcreaterole"
      " THEN 'CREATEROLE' END, CASE WHEN r.rolcreatedb THEN 'CREATEDB' END, CASE WHEN r.rolbypassrls THEN 'BYPASSRLS'"
      " END, CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END) FROM pg_catalog.pg_roles r"
      " WHERE r.rolname NOT LIKE 'pg\\_%' ORDER BY 1");
  if (!roles) return roles.failure();
  for (std::size_t i = 0; i < roles->size(); ++i)
    found.roles.push_back({roles->at(i, 0).value_or(""), roles->at(i, 1).value_or("")});
  const Result<Rows> memberships = session.query(
      "SELECT r.rolname, m.rolname FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles r ON r.oid = a.roleid"
      " JOIN pg_catalog.pg_roles m ON m.oid = a.member WHERE m.rolname NOT LIKE 'pg\\_%' ORDER BY 1, 2");
  if (!memberships) return memberships.failure();
  for (std::size_t i = 0; i < memberships->size(); ++i)
    found.memberships.push_back({memberships->at(i, 0).value_or(""), memberships->at(i, 1).value_or("")});
  const Result<Rows> tablespaces =
      session.query("SELECT t.spcname FROM pg_catalog.pg_tablespace t WHERE t.spcname NOT LIKE 'pg\\_%' ORDER BY 1");
  if (!tablespaces) return tablespaces.failure();
  for (std::size_t i = 0; i < tablespaces->size(); ++i) found.tablespaces.push_back(tablespaces->at(i, 0).value_or(""));
  const Result<Rows> names = session.query(
      "SELECT r.rolname, current_user FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r ON r.oid = d.datdba"
      " WHERE d.datname = pg_catalog.current_database()");
  if (!names) return names.failure();
  found.owner = names->at(0, 0).value_or("");
  found.user = names->at(0, 1).value_or("");
  return found;
}

Result<std::unique_ptr<Scratch>> Scratch::open(const ScratchOptions& options) {
  std::unique_ptr<Scratch> scratch(new Scratch());
  const Result<pg::RunAs> user = pg::server_user();
  if (!user) return user.failure();
  const Result<pg::ServerBinaries> binaries =
      pg::find_server_binaries(std::nullopt, options.environment, *user, options.major);
  if (!binaries) return binaries.failure();
  scratch->programs_ = {binaries->directory, options.environment};
  if (pg::is_embedded(options.server)) {
    pg::EmbeddedOptions embedded;
    embedded.directory = options.directory;
    embedded.binary_directory = binaries->directory;
    embedded.environment = options.environment;
    embedded.notice = options.notice;
    Result<std::unique_ptr<pg::EmbeddedServer>> server = pg::EmbeddedServer::start(embedded);
    if (!server) return server.failure();
    scratch->server_ = std::move(*server);
    scratch->target_ = scratch->server_->target("postgres");
  } else {
    Result<pg::ConnectionTarget> target = pg::parse_target(options.server);
    if (!target) return target.failure();
    scratch->target_ = std::move(*target);
  }
  Result<std::unique_ptr<pg::PgSession>> session = pg::connect(scratch->target_);
  if (!session) return session.failure();
  scratch->session_ = std::move(*session);
  return scratch;
}

Scratch::~Scratch() {
  if (session_ == nullptr) return;
  for (const std::string& name : databases_) drop_database(name);
  for (const std::string& name : tablespaces_) (void)run(*session_, "DROP TABLESPACE " + quote_identifier(name)).ok();
  for (const std::string& name : roles_) (void)run(*session_, "DROP ROLE " + quote_identifier(name)).ok();
}

/// A subscription keeps its database, whether it has ever connected or not.
void Scratch::drop_database(const std::string& name) {
  if (const auto inside = pg::connect(database_of(target_, name)); inside) {
    const Result<Rows> subscriptions = (*inside)->query(
        "SELECT s.subname FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d ON d.oid = s.subdbid"
        " WHERE d.datname = $1",
        {name});
    for (std::size_t i = 0; subscriptions && i < subscriptions->size(); ++i) {
      const std::string subscription = quote_identifier(subscriptions->text(i, 0));
      (void)run(**inside, "ALTER SUBSCRIPTION " + subscription + " DISABLE").ok();
      (void)run(**inside, "ALTER SUBSCRIPTION " + subscription + " SET (slot_name = NONE)").ok();
      (void)run(**inside, "DROP SUBSCRIPTION " + subscription).ok();
    }
  }
  (void)run(*session_, "DROP DATABASE IF EXISTS " + quote_identifier(name) + " WITH (FORCE)").ok();
}

Status Scratch::make(const Surroundings& surroundings) {
  const Status made = make_roles(surroundings);
  return made ? make_tablespaces(surroundings.tablespaces) : made;
}

/// tablespace.c CreateTableSpace: with no location it is a folder in the server's own, where that is allowed.
Status Scratch::make_tablespaces(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const Result<Rows> there = session_->query("SELECT 1 FROM pg_catalog.pg_tablespace WHERE spcname = $1", {name});
    if (!there) return there.failure();
    if (!there->empty()) continue;
    Status made = run(*session_, "SET allow_in_place_tablespaces = on");
    if (made) made = run(*session_, "CREATE TABLESPACE " + quote_identifier(name) + " LOCATION ''");
    if (!made) return made;
    tablespaces_.push_back(name);
  }
  return done();
}

Status Scratch::make_roles(const Surroundings& surroundings) {
  const auto is_new = [&](const std::string& name) {
    return std::find(roles_.begin(), roles_.end(), name) != roles_.end();
  };
  for (const Surroundings::Role& role : surroundings.roles) {
    const Result<Rows> there = session_->query("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = $1", {role.name});
    if (!there) return there.failure();
    if (!there->empty()) continue;
    if (Status made = run(*session_, "CREATE ROLE " + quote_identifier(role.name) + " " + role.options); !made)
      return made;
    roles_.push_back(role.name);
  }
  for (const Surroundings::Membership& one : surroundings.memberships) {
    if (!is_new(one.member)) continue;
    const std::string grant = "GRANT " + quote_identifier(one.role) + " TO " + quote_identifier(one.member);
    if (Status made = run(*session_, grant); !made) return made;
  }
  return done();
}

Result<pg::ConnectionTarget> Scratch::make_database(const std::string& owner) {
  return create("TEMPLATE template0" + (owner.empty() ? "" : " OWNER " + quote_identifier(owner)));
}

Result<pg::ConnectionTarget> Scratch::copy_database(const pg::ConnectionTarget& like) {
  return create("TEMPLATE " + quote_identifier(like.database));
}

Result<pg::ConnectionTarget> Scratch::create(const std::string& options) {
  // by the backend's number, so that two proofs on one server do not meet
  const std::string name =
      "segue_prove_" + std::to_string(session_->backend_pid()) + "_" + std::to_string(databases_.size() + 1);
  if (const Status made = run(*session_, "CREATE DATABASE " + quote_identifier(name) + " " + options); !made)
    return made.failure();
  databases_.push_back(name);
  return database_of(target_, name);
}

}  // namespace segue::trial
