// Guards against patterns that seem to protect something and do not: --exclude, in segue.toml as well.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

TEST(Exclude, TakesAKindWithItsPattern) {
  const Database database(Server::shared());
  database.execute(
      "CREATE TABLE book (id int); CREATE VIEW book_view AS SELECT 1 AS x; CREATE INDEX book_hot ON book (id);"
      "CREATE SEQUENCE book_seq; CREATE SCHEMA audit; CREATE VIEW audit.book AS SELECT 1 AS x;"
      "CREATE RULE quiet AS ON DELETE TO book DO INSTEAD NOTHING");
  const TempDir folder;
  write_file(folder / "schema.sql", "CREATE SCHEMA audit; CREATE TABLE book (id int);");
  const auto steps = [&](const std::string& patterns) {
    write_file(folder / "segue.toml", "exclude = [" + patterns + "]\n");
    const Outcome outcome =
        run_segue({"plan", "--scope", "all", "--format", "sql", "--db", database.url()}, folder.path().string());
    EXPECT_TRUE(outcome.ok()) << outcome.text();
    std::string found;
    for (const char* name :
         {"VIEW audit.book;", "VIEW public.book_view", "INDEX public.book_hot", "SEQUENCE", "RULE"}) {
      if (outcome.out.find(std::string("DROP ") + name) != std::string::npos) found += std::string(name) + " ";
    }
    return found;
  };
  EXPECT_EQ(steps("'nothing'"), "VIEW audit.book; VIEW public.book_view INDEX public.book_hot SEQUENCE RULE ");
  EXPECT_EQ(steps("'view book*'"), "INDEX public.book_hot SEQUENCE RULE ");
  EXPECT_EQ(steps("'view public.*', 'index *_hot'"), "VIEW audit.book; SEQUENCE RULE ");
  EXPECT_EQ(steps("'sequence *', 'rule public.book.quiet'"),
            "VIEW audit.book; VIEW public.book_view INDEX public.book_hot ");
}

}  // namespace
}  // namespace segue::test
