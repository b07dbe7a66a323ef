// Guards against grants in another order than the file's: the server keeps it, and pg_dump shows it.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

const std::string grants =
    "CREATE TABLE t (a integer, b integer);"
    "GRANT SELECT ON t TO app_writer; GRANT INSERT ON t TO app_reader; GRANT SELECT ON t TO PUBLIC;"
    "GRANT UPDATE ON t TO app_reader; GRANT SELECT (b) ON t TO app_writer, app_reader;"
    "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';"
    "GRANT EXECUTE ON FUNCTION f() TO app_writer, app_reader;"
    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO app_writer, app_reader;";

const char* const lists =
    "SELECT relacl FROM pg_class WHERE relname IN ('t', 'u') UNION ALL SELECT attacl FROM pg_attribute WHERE attname ="
    " 'b' AND attrelid = 't'::regclass UNION ALL SELECT proacl FROM pg_proc WHERE proname = 'f' UNION ALL SELECT"
    " defaclacl FROM pg_default_acl";

TEST(GrantOrder, IsThatOfTheFileThereAndBack) {
  const Database fresh(Server::shared());
  fresh.execute(grants);
  const Database database(Server::shared());
  const TempDir folder;
  const auto segue = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--yes", "--allow-hazards", "all", "--db", database.url()});
    const Outcome outcome = run_segue(arguments, folder.path().string());
    EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  };
  write_file(folder / "schema.sql", grants);
  segue({"apply", "--scope", "all"});
  EXPECT_EQ(database.ask(lists), fresh.ask(lists));
  write_file(folder / "schema.sql",
             grants + "REVOKE ALL ON t FROM app_reader, PUBLIC; REVOKE ALL ON FUNCTION f() FROM app_writer;");
  segue({"apply", "--scope", "all"});
  segue({"rollback", "--last"});
  const std::string t = "SELECT relacl FROM pg_class WHERE relname = 't'";
  EXPECT_EQ(database.ask(t), fresh.ask(t));
}

}  // namespace
}  // namespace segue::test
