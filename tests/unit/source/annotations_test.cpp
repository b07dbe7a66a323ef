// Guards against an annotation that is taken for another object's, that is not noticed, or that is silently of no use.
#include <gtest/gtest.h>

#include "base/quote.h"
#include "model/kind.h"
#include "source/desired.h"

namespace segue::test {
namespace {

Result<source::Desired> read(const std::string& text) {
  auto scripts = source::parse_all({{"schema.sql", text}});
  if (!scripts) return scripts.failure();
  return source::read_desired(*scripts, {});
}

std::string value(const source::Desired& desired, const std::string& column, const char* attribute) {
  const model::Object* object = desired.schema.find("column " + column);
  return object == nullptr ? "no such column" : object->definition(model::attribute(*object->kind, attribute)).text;
}

std::string renamed(const std::string& text) {
  const auto desired = read(text);
  if (!desired) return render(desired.error());
  std::string all;
  for (const source::Renaming& one : desired->annotations.renamings)
    all += (all.empty() ? "" : "; ") + one.key + " was " + join(one.from_names, ".");
  return all;
}

TEST(Annotations, SpeakOfThePartOnTheirLine) {
  EXPECT_EQ(renamed("CREATE TABLE t (id integer,\n  title text NOT NULL UNIQUE -- @renamed from=name\n);"),
            "column public.t.title was public.t.name");
  EXPECT_EQ(renamed("CREATE TABLE t (id integer,\n  CONSTRAINT k UNIQUE (id) -- @renamed from=j\n);"),
            "constraint public.t.k was public.t.j");
}

TEST(Annotations, SpeakOfThePartThatFollows) {
  EXPECT_EQ(renamed("CREATE TABLE t (id integer,\n  -- @renamed from \"Old Name\"\n  title text,\n  other text);"),
            "column public.t.title was public.t.Old Name");
  // several on one line, of more than one statement
  EXPECT_EQ(renamed("CREATE TABLE t (id integer,\n-- @renamed from=a\nb text, c text); CREATE TABLE u (d text);"),
            "column public.t.b was public.t.a");
}

TEST(Annotations, SpeakOfTheStatementBesideThem) {
  EXPECT_EQ(renamed("-- @renamed from=a\n\n-- About b.\nCREATE TABLE b (id integer, c text);"),
            "table public.b was public.a");
  EXPECT_EQ(renamed("CREATE TABLE b (id integer, c text); -- @renamed from=a\nCREATE TABLE c (id integer);"),
            "table public.b was public.a");
  EXPECT_EQ(renamed("-- @renamed from=g\nCREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';"),
            "function public.f(integer) was public.g.integer");
}

TEST(Annotations, GiveColumnsTheirExpressions) {
  const auto desired = read(
      "CREATE TABLE t (id integer, -- an ordinary comment with @using in it\n"
      "  a integer, -- @using b::integer\n"
      "  -- @backfill: upper('x')\n"
      "  c text NOT NULL);");
  ASSERT_TRUE(desired) << render(desired.error());
  EXPECT_EQ(value(*desired, "public.t.a", "using"), "b::integer");
  EXPECT_EQ(value(*desired, "public.t.c", "backfill"), "upper('x')");
  EXPECT_EQ(value(*desired, "public.t.id", "using"), "");
}

TEST(Annotations, ThatFitNothingAreErrors) {
  for (const char* text :
       {"CREATE TABLE t (id integer);\n-- @ignore\n", "-- @using a\nCREATE TABLE t (id integer);",
        "CREATE TABLE t (\n  -- @renamed\n  id integer);", "CREATE TABLE t (\n  -- @renamed from=a b\n  id integer);",
        "-- @allow\nCREATE TABLE t (id integer);"}) {
    EXPECT_FALSE(read(text)) << text;
  }
}

TEST(Annotations, HazardsAndObjectsOfOthersAreNoted) {
  const auto desired =
      read("-- @ignore\nCREATE TABLE t (id integer);\n-- @allow DELETES_DATA, INDEX_DROPPED\nCREATE TABLE u ();");
  ASSERT_TRUE(desired) << render(desired.error());
  EXPECT_EQ(desired->annotations.ignored, std::set<std::string>{"table public.t"});
  EXPECT_EQ(desired->annotations.allowed.at("table public.u"),
            (std::vector<std::string>{"DELETES_DATA", "INDEX_DROPPED"}));
}

}  // namespace
}  // namespace segue::test
