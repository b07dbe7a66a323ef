#include "deployment.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace segue::test {
namespace {

constexpr const char* before = R"(
CREATE TABLE author (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE book (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  author_id bigint NOT NULL REFERENCES author,
  title varchar(200) NOT NULL,
  pages integer CHECK (pages > 0)
);
CREATE INDEX book_title ON book (title);
CREATE VIEW long_book AS SELECT id, title FROM book WHERE pages > 500;
)";

constexpr const char* after = R"(
CREATE TABLE author (id bigint PRIMARY KEY, name text NOT NULL, born date);
CREATE TABLE book (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  author_id bigint NOT NULL REFERENCES author ON DELETE CASCADE,
  title text NOT NULL,
  pages integer CHECK (pages > 0),
  printed boolean NOT NULL DEFAULT false
);
CREATE INDEX book_title_lower ON book (lower(title));
CREATE VIEW long_book AS SELECT id, title FROM book WHERE pages > 500;
CREATE TABLE shelf (id bigint PRIMARY KEY, book_id bigint REFERENCES book);
COMMENT ON TABLE shelf IS 'where it stands';
)";

constexpr const char* rows = R"(
INSERT INTO author SELECT g, 'author ' || g FROM generate_series(1, 50) g;
INSERT INTO book (author_id, title, pages) SELECT g, 'book ' || g, g * 17 FROM generate_series(1, 50) g;
)";

/// pg_dump -s says the same with ten times the time.
constexpr const char* fingerprint_query = R"(
SELECT md5(string_agg(line, E'\n' ORDER BY line)) FROM (
  SELECT concat_ws(' ', 'relation', c.oid::regclass, relkind, relrowsecurity, relacl, relowner::regrole, reloptions,
                   obj_description(c.oid, 'pg_class')) AS line
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public'
  UNION ALL SELECT concat_ws(' ', 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
                             attidentity, attacl, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE nspname = 'public' AND attnum > 0 AND NOT attisdropped
  UNION ALL SELECT concat_ws(' ', 'inherits', inhrelid::regclass, inhparent::regclass, inhdetachpending)
    FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisvalid)
    FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', 'view', oid::regclass, pg_get_viewdef(oid))
    FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), tgenabled)
    FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', 'policy', schemaname, tablename, policyname, qual, with_check) FROM pg_policies
  UNION ALL SELECT concat_ws(' ', 'publication', pubname, schemaname, tablename)
    FROM pg_publication_tables WHERE schemaname = 'public'
) all_lines)";

void must(const Outcome& outcome, const std::string& what) {
  if (!outcome.ok()) throw std::runtime_error(what + ": " + outcome.text());
}

}  // namespace

const Change& ordinary_change() {
  static const Change change{before, rows, after, {}};
  return change;
}

Deployment::Deployment(const Change& change, Server& server) : database_(server) {
  write_file(folder_ / "before.sql", change.before);
  write_file(folder_ / "after.sql", change.after);
  must(segue({"apply", "--schema", "before.sql", "--yes"}), "apply of what was before");
  database_.execute(change.rows);
  old_ = fingerprint();
  std::vector<std::string> arguments{"plan", "--schema", "after.sql", "--out", "plan.json"};
  arguments.insert(arguments.end(), change.plan_flags.begin(), change.plan_flags.end());
  must(segue(arguments), "plan");
  must(apply(), "apply");
  new_ = fingerprint();
  must(roll_back(), "rollback");
  if (fingerprint() != old_) throw std::runtime_error("the rollback left:\n" + database_.dump());
}

Outcome Deployment::segue(std::vector<std::string> arguments, const std::string& socket_folder) const {
  const std::string other_host = socket_folder.empty() ? "" : "&host=" + socket_folder;
  arguments.insert(arguments.end(), {"--db", database_.url() + other_host});
  return run_segue(arguments, folder_.path().string());
}

Outcome Deployment::segue_killed(std::vector<std::string> arguments, std::chrono::milliseconds after) const {
  arguments.insert(arguments.end(), {"--db", database_.url()});
  return run_segue_and_kill(arguments, folder_.path().string(), after);
}

std::vector<std::string> Deployment::apply_arguments() {
  return {"apply", "plan.json", "--yes", "--allow-hazards", "all"};
}

std::vector<std::string> Deployment::rollback_arguments() {
  return {"rollback", "plan.json", "--yes", "--allow-hazards", "all"};
}

State Deployment::state() const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (database_.ask("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                       " AND application_name LIKE 'segue%'") != "0") {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("a session of segue stays for ever");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  const std::string now = fingerprint();
  return now == old_ ? State::old_one : now == new_ ? State::new_one : State::neither;
}

std::string Deployment::fingerprint() const { return database_.ask(fingerprint_query); }

// Columns by their names: a column that comes back may stand behind the others.
std::string Deployment::rows() const {
  return database_.ask(
      "SELECT md5(coalesce(string_agg(rows.one::text, E'\\n' ORDER BY rows.one::text), '')) FROM pg_class c CROSS JOIN"
      " LATERAL (SELECT query_to_xml('SELECT to_jsonb(t) AS r FROM ' || c.oid::regclass || ' t ORDER BY 1', true, true,"
      " '') AS one) rows WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace");
}

bool Deployment::has_groups() const { return read_file(plan_file()).find("\"group\": 2") != std::string::npos; }

bool Deployment::is_one_transaction() const {
  return !has_groups() && read_file(plan_file()).find("\"in_transaction\": false") == std::string::npos;
}

std::chrono::milliseconds span_of(const Deployment& deployment) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(deployment.apply().ok());
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_TRUE(deployment.roll_back().ok());
  return std::chrono::duration_cast<std::chrono::milliseconds>(took);
}

}  // namespace segue::test
