// Guards against labels that are lost: read but not compared, dropped with what is made again, left behind by a
// rollback. The server takes labels only from a provider that a module registers, so that the test makes one of its own
// and starts its server with it; pg_dump is the judge.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/process.h"
#include "support/program.h"
#include "support/server.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

/// What fmgr.h and seclabel.h of PostgreSQL 15 say, without its headers: the build needs none of them.
constexpr const char* provider_source = R"(
struct magic { int len, version, funcmaxargs, indexmaxkeys, namedatalen, float8byval; char abi_extra[32]; };
const struct magic *Pg_magic_func(void);
const struct magic *Pg_magic_func(void) {
  static const struct magic data = {sizeof(struct magic), 1500, 100, 32, 64, 1, "PostgreSQL"};
  return &data;
}
extern void register_label_provider(const char *name, void (*hook)(const void *object, const char *label));
static void accept_all(const void *object, const char *label) { (void)object; (void)label; }
void _PG_init(void);
void _PG_init(void) { register_label_provider("tester", accept_all); register_label_provider("Other \"1\"", accept_all); }
)";

/// A server that takes labels; null where its magic block is another.
class Labelled {
 public:
  Labelled() {
    write_file(folder_ / "provider.c", provider_source);
    const Outcome made = run({"cc", "-shared", "-fPIC", "-o", folder_ / "provider.so", folder_ / "provider.c"});
    if (!made.ok()) throw std::runtime_error("the label provider does not compile:\n" + made.text());
    // the server runs as another user
    std::filesystem::permissions(folder_.path(),
                                 std::filesystem::perms::others_exec | std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    server_ = std::make_unique<Server>(
        std::vector<std::string>{"shared_preload_libraries=" + std::string(folder_ / "provider.so")});
  }
  Server& server() { return *server_; }

 private:
  TempDir folder_;
  std::unique_ptr<Server> server_;
};

constexpr const char* before = R"(
CREATE TABLE t (id integer, v text);
CREATE VIEW w AS SELECT id FROM t;
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
SECURITY LABEL FOR tester ON TABLE t IS 'one';
SECURITY LABEL FOR tester ON COLUMN t.v IS 'it''s gone';
SECURITY LABEL FOR tester ON SCHEMA public IS 'space';
CREATE TABLE n (id integer GENERATED ALWAYS AS IDENTITY);
SECURITY LABEL FOR tester ON SEQUENCE n_id_seq IS 'of an identity';
)";
constexpr const char* after = R"(
CREATE TABLE t (id integer, v text);
CREATE VIEW w AS SELECT id, v FROM t;
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TYPE mood AS ENUM ('sad');
SECURITY LABEL FOR tester ON TABLE t IS 'two';
SECURITY LABEL FOR "Other ""1""" ON VIEW w IS 'of another';
SECURITY LABEL FOR tester ON COLUMN t.v IS 'gone';
SECURITY LABEL FOR tester ON COLUMN t.v IS NULL;
SECURITY LABEL FOR tester ON COLUMN w.id IS 'of a view';
SECURITY LABEL FOR tester ON FUNCTION f(integer) IS 'of a function';
SECURITY LABEL FOR tester ON TYPE mood IS 'of a type';
CREATE TABLE n (id integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME counted));
SECURITY LABEL FOR tester ON SEQUENCE counted IS 'of another name';
)";

class SecurityLabels : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (Server::shared().major() == 15) labelled_ = std::make_unique<Labelled>();
  }
  static void TearDownTestSuite() { labelled_.reset(); }
  void SetUp() override {
    if (labelled_ == nullptr) GTEST_SKIP() << "the provider is made for PostgreSQL 15";
    write_file(work_ / "before.sql", before);
    write_file(work_ / "after.sql", after);
  }

  static Server& server() { return labelled_->server(); }
  Outcome segue(std::vector<std::string> arguments, const Database& database) const {
    arguments.insert(arguments.end(), {"--db", database.url()});
    return run_segue(arguments, work_.path().string());
  }
  static std::string labels(const Database& database) {
    return database.ask(
        "SELECT string_agg(provider || ' ' || pg_describe_object(classoid, objoid, objsubid) || ' ' || "
        "label, '; ' ORDER BY provider, classoid, objoid, objsubid) FROM pg_seclabel");
  }

  TempDir work_;
  static inline std::unique_ptr<Labelled> labelled_;
};

TEST_F(SecurityLabels, AreMadeChangedDroppedAndTakenBack) {
  const Database from(server());
  const Database to(server());
  from.execute(before);
  to.execute(after);
  const std::string start = from.dump();
  ASSERT_NE(start.find("SECURITY LABEL FOR tester ON COLUMN"), std::string::npos);
  Outcome outcome = segue({"plan", "--schema", "after.sql", "--scope", "all", "--out", "p.json"}, from);
  ASSERT_TRUE(outcome.ok()) << outcome.text();
  outcome = segue({"apply", "p.json", "--yes", "--allow-hazards", "all"}, from);
  ASSERT_TRUE(outcome.ok()) << outcome.text();
  EXPECT_EQ(trial::dump_difference(from.dump(), to.dump()), "");
  outcome = segue({"plan", "--schema", "after.sql", "--scope", "all", "--detailed-exitcode"}, from);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  outcome = segue({"rollback", "p.json", "--yes", "--on-drop", "delete", "--allow-hazards", "all"}, from);
  ASSERT_TRUE(outcome.ok()) << outcome.text();
  EXPECT_EQ(trial::dump_difference(from.dump(), start), "");
}

TEST_F(SecurityLabels, AreWrittenByInspectAndMadeFromNothing) {
  const Database from(server());
  from.execute(after);
  Outcome outcome = segue({"inspect", "--out", "inspected.sql"}, from);
  ASSERT_TRUE(outcome.ok()) << outcome.text();
  const Database empty(server());
  outcome = segue({"apply", "--schema", "inspected.sql", "--scope", "all", "--yes", "--allow-hazards", "all"}, empty);
  ASSERT_TRUE(outcome.ok()) << outcome.text();
  EXPECT_EQ(trial::dump_difference(empty.dump(), from.dump()), "");
}

// pg_dump shows the labels of several providers on one object in whatever order the rows lie: the catalog is the judge.
TEST_F(SecurityLabels, OfSeveralProvidersStandBesideEachOther) {
  const Database database(server());
  database.execute("CREATE TABLE t (); SECURITY LABEL FOR tester ON TABLE t IS 'one';");
  write_file(work_ / "after.sql",
             "CREATE TABLE t ();\nSECURITY LABEL FOR tester ON TABLE t IS 'one';\n"
             "SECURITY LABEL FOR \"Other \"\"1\"\"\" ON TABLE t IS 'two';\n");
  Outcome outcome = segue({"apply", "--schema", "after.sql", "--yes", "--allow-hazards", "all"}, database);
  ASSERT_TRUE(outcome.ok()) << outcome.text();
  EXPECT_EQ(labels(database), "Other \"1\" table t two; tester table t one");
  outcome = segue({"rollback", "--last", "--yes", "--allow-hazards", "all"}, database);
  ASSERT_TRUE(outcome.ok()) << outcome.text();
  EXPECT_EQ(labels(database), "tester table t one");
}

TEST_F(SecurityLabels, AreLeftAloneWhereTheFileSpeaksOfNone) {
  const Database database(server());
  database.execute(before);
  const std::string start = labels(database);
  write_file(work_ / "after.sql",
             "CREATE TABLE t (id bigint, v text);\nCREATE VIEW w AS SELECT id FROM t;\n"
             "CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';\n");
  const Outcome outcome = segue({"apply", "--schema", "after.sql", "--yes", "--allow-hazards", "all"}, database);
  EXPECT_TRUE(outcome.ok()) << outcome.text();
  EXPECT_EQ(labels(database), start);
}

TEST_F(SecurityLabels, AreRefusedWithoutTheirProvider) {
  const Database database(server());
  write_file(work_ / "after.sql", "CREATE TABLE t ();\nSECURITY LABEL ON TABLE t IS 'whose?';\n");
  const Outcome outcome = segue({"plan", "--schema", "after.sql"}, database);
  EXPECT_EQ(outcome.exit_code, 1) << outcome.text();
  EXPECT_NE(outcome.text().find("after.sql:2"), std::string::npos) << outcome.text();
  EXPECT_NE(outcome.text().find("name the provider"), std::string::npos) << outcome.text();
}

}  // namespace
}  // namespace segue::test
