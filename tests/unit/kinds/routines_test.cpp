// Guards against routines that are planned again for ever or replaced where the server refuses it: defaults cut at the
// wrong comma, settings stored in another form, a signature with modifiers, names and results that may not change.
#include "kinds/routine_common.h"
#include "unit/kinds/types_support.h"

namespace segue::test {
namespace {

using model::Change;
namespace routine = kinds::routine;

const std::string body = " LANGUAGE sql AS 'select 1'";

std::string key_of_f(const std::string& types) { return "function public.f(" + types + ")"; }

Change change(const std::string& before, const std::string& after, const std::string& types,
              const std::string& attribute) {
  const Pair pair("CREATE FUNCTION f" + before + body, "CREATE FUNCTION f" + after + body, key_of_f(types));
  return pair.complete() ? pair.change_of(attribute) : Change::derived;
}

TEST(Routine, IsIdentifiedByInputTypesWithoutModifiers) {
  const model::Schema schema = read(
      "CREATE FUNCTION f(varchar(10), OUT text, numeric(5,2)[], INOUT interval day to second, VARIADIC int[])" + body);
  EXPECT_TRUE(schema.contains(key_of_f("character varying, numeric[], interval, integer[]")));
}

TEST(Routine, DropsTheModifierOfAType) {
  EXPECT_EQ(routine::without_modifier("timestamp(3) without time zone[]"), "timestamp without time zone[]");
  EXPECT_EQ(routine::without_modifier("public.\"odd(name)\"(4326)"), "public.\"odd(name)\"");
  EXPECT_EQ(routine::without_modifier("interval day to second(3)"), "interval");
  EXPECT_EQ(routine::without_modifier("public.interval_kind"), "public.interval_kind");
}

TEST(Routine, KeepsEachDefaultAsItWasWritten) {
  const std::string arguments =
      "(a int DEFAULT greatest(1, 2), b text[] = ARRAY['x,y', ')'], c text DEFAULT $$,)$$, d int =-1 /* , */)";
  const model::Schema schema = read("CREATE FUNCTION f" + arguments + " RETURNS int" + body);
  const model::Object* f = schema.find(key_of_f("integer, text[], text, integer"));
  ASSERT_NE(f, nullptr);
  EXPECT_EQ(routine::unwrap_defaults(*f), (Lines{"greatest(1, 2)", "ARRAY['x,y', ')']", "$$,)$$", "-1"}));
}

TEST(Routine, WritesDefaultsBehindTheArgumentsTheyBelongTo) {
  const model::Schema schema =
      read("CREATE FUNCTION f(a int, OUT o int, INOUT b text DEFAULT 'x', c anyelement DEFAULT 1)" + body);
  EXPECT_EQ(created(schema, key_of_f("integer, text, anyelement")),
            "CREATE FUNCTION public.f(a integer, OUT o integer, INOUT b text DEFAULT 'x', c anyelement DEFAULT 1)\n"
            " RETURNS record\n LANGUAGE sql\nAS $$select 1$$");
}

TEST(Routine, StoresSettingsAsTheServerDoes) {
  const model::Schema schema = read(
      "CREATE FUNCTION f() RETURNS int SET search_path = app, \"B b\", '' SET datestyle = iso, mdy SET Work_Mem = 64 "
      "SET a.b = -1.5" +
      body);
  const model::Object* f = schema.find(key_of_f(""));
  ASSERT_NE(f, nullptr);
  EXPECT_EQ(f->list(routine::config),
            (model::List{"search_path=app, \"B b\", \"\"", "DateStyle=iso, mdy", "work_mem=64", "a.b=-1.5"}));
  EXPECT_NE(created(schema, key_of_f("")).find("SET search_path TO 'app', 'B b', ''"), std::string::npos);
}

TEST(Routine, AltersSettingsInTheirPlace) {
  const model::Schema schema = read("CREATE FUNCTION f() RETURNS int SET a.x = 1 SET a.y = 2" + body +
                                    "; ALTER FUNCTION f() SET a.x = 3 RESET a.y SET a.z = 4;");
  const model::Object* f = schema.find(key_of_f(""));
  ASSERT_NE(f, nullptr);
  EXPECT_EQ(f->list(routine::config), (model::List{"a.x=3", "a.z=4"}));
}

TEST(Routine, RefusesASettingWhoseValueOnlyTheSessionKnows) {
  EXPECT_FALSE(try_read("CREATE FUNCTION f() RETURNS int SET work_mem FROM CURRENT" + body).ok());
}

TEST(Function, MayBeReplacedInPlaceOnlyAsTheServerAllows) {
  EXPECT_EQ(change("(a int) RETURNS int", "(b int) RETURNS int", "integer", "arg_names"), Change::replace);
  EXPECT_EQ(change("(a int) RETURNS int", "(int) RETURNS int", "integer", "arg_names"), Change::replace);
  EXPECT_EQ(change("(int) RETURNS int", "(a int) RETURNS int", "integer", "arg_names"), Change::in_place);
  EXPECT_EQ(change("(a int) RETURNS int", "(a int) RETURNS bigint", "integer", "returns"), Change::replace);
  EXPECT_EQ(change("(a int) RETURNS int", "(a int) RETURNS SETOF int", "integer", "returns_set"), Change::replace);
  EXPECT_EQ(change("(a int = 1) RETURNS int", "(a int) RETURNS int", "integer", "defaults"), Change::replace);
  EXPECT_EQ(change("(a int = 1) RETURNS int", "(a int = 2) RETURNS int", "integer", "defaults"), Change::in_place);
  EXPECT_EQ(change("(OUT a int, OUT b int)", "(OUT a int, OUT c int)", "", "arg_names"), Change::replace);
  EXPECT_EQ(change("(OUT a int)", "(OUT b int)", "", "arg_names"), Change::in_place);
  EXPECT_EQ(change("() RETURNS TABLE(a int, b int)", "() RETURNS TABLE(a int, b text)", "", "arg_types"),
            Change::replace);
}

TEST(Function, TakesItsResultFromOutArguments) {
  const model::Schema one = read("CREATE FUNCTION f(OUT a bigint)" + body);
  const model::Object* f = one.find(key_of_f(""));
  ASSERT_NE(f, nullptr);
  EXPECT_EQ(f->text(model::attribute(*f->kind, "returns")), "bigint");
  EXPECT_FALSE(try_read("CREATE FUNCTION f(a bigint)" + body).ok());
}

TEST(Function, KeepsItsBodyToTheByte) {
  const std::string text = "\r\n  select 'ü', $$x$$;\n\n";
  const model::Schema schema = read("CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $body$" + text + "$body$;");
  const std::string sql = created(schema, key_of_f(""));
  EXPECT_NE(sql.find(text), std::string::npos);
  EXPECT_EQ(created(read(sql), key_of_f("")), sql);
}

TEST(Function, WritesAStandardBodyAsItWasWritten) {
  const model::Schema schema = read(
      "CREATE FUNCTION f(a int) RETURNS int STABLE RETURN a + 1; "
      "CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; SELECT 2; END;");
  const std::string function = created(schema, key_of_f("integer"));
  const std::string procedure = created(schema, "procedure public.p()");
  EXPECT_TRUE(function.ends_with("\nRETURN a + 1")) << function;
  EXPECT_TRUE(procedure.ends_with("\nBEGIN ATOMIC SELECT 1; SELECT 2; END")) << procedure;
}

TEST(Procedure, IsReplacedWhenItsOutputChanges) {
  const Pair pair("CREATE PROCEDURE p(a int, OUT b int)" + body, "CREATE PROCEDURE p(a int, OUT b text)" + body,
                  "procedure public.p(integer)");
  ASSERT_TRUE(pair.complete());
  EXPECT_EQ(pair.change_of("arg_types"), Change::replace);
}

TEST(Procedure, TakesNoOptionOfFunctions) { EXPECT_FALSE(try_read("CREATE PROCEDURE p() IMMUTABLE" + body).ok()); }

TEST(Aggregate, ComesBackFromWhatItWrites) {
  const Lines definitions = {
      "CREATE AGGREGATE a(x int, y text) (sfunc = f, stype = int, initcond = '0', parallel = safe, sortop = >)",
      "CREATE AGGREGATE a(*) (sfunc = int8inc, stype = bigint, initcond = 0, sspace = 40)",
      "CREATE AGGREGATE a(float8 ORDER BY anyelement) (sfunc = f, stype = internal, finalfunc = g, finalfunc_extra)",
      "CREATE AGGREGATE a(ORDER BY int) (sfunc = f, stype = internal, finalfunc = g, finalfunc_modify = read_only)",
      "CREATE AGGREGATE a(VARIADIC \"any\" ORDER BY VARIADIC \"any\") (sfunc = f, stype = internal, hypothetical)",
      "CREATE AGGREGATE a(int) (sfunc = f, stype = int, msfunc = f, minvfunc = g, mstype = int, minitcond = '''')"};
  for (const std::string& definition : definitions) {
    const model::Schema schema = read(definition);
    const model::Object* object = nullptr;
    for (const model::Object& one : schema.objects()) {
      if (one.kind == &kinds::aggregate) object = &one;
    }
    ASSERT_NE(object, nullptr) << definition;
    const std::string sql = created(schema, object->key);
    const model::Schema again = read(sql);
    ASSERT_TRUE(again.contains(object->key)) << sql;
    EXPECT_EQ(again.find(object->key)->values, object->values) << sql;
  }
}

TEST(Aggregate, ReadsTheOldSyntax) {
  const model::Schema schema = read(
      "CREATE AGGREGATE a (basetype = int4, sfunc1 = int4pl, stype1 = int4, initcond1 = '0');"
      "CREATE AGGREGATE b (basetype = 'ANY', sfunc = int8inc, stype = int8);");
  EXPECT_EQ(created(schema, "aggregate public.a(integer)"),
            "CREATE AGGREGATE public.a(integer) (\n    SFUNC = int4pl,\n    STYPE = integer,\n    INITCOND = '0'\n)");
  EXPECT_TRUE(schema.contains("aggregate public.b()"));
}

}  // namespace
}  // namespace segue::test
