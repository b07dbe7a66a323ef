// Guards against connecting to another database than the user named, and against passwords in messages.
#include "pg/conninfo.h"

#include <gtest/gtest.h>

#include <map>

namespace segue::pg {
namespace {

Environment environment_of(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const std::string& name) -> std::optional<std::string> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional<std::string>(found->second);
  };
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(DatabaseSetting, PrefersFlagThenSegueDbThenDatabaseUrl) {
  const Environment both = environment_of({{"SEGUE_DB", "dbname=b"}, {"DATABASE_URL", "dbname=c"}});
  EXPECT_EQ(database_setting("dbname=a", both), "dbname=a");
  EXPECT_EQ(database_setting(std::nullopt, both), "dbname=b");
  EXPECT_EQ(database_setting("", environment_of({{"SEGUE_DB", ""}, {"DATABASE_URL", "dbname=c"}})), "dbname=c");
  EXPECT_EQ(database_setting(std::nullopt, environment_of({})), "");
}

TEST(ParseTarget, KeepsEveryPartOfAUrl) {
  const auto target = parse_target("postgresql://ann:p%40ss@db.example:6543/library?sslmode=require");
  ASSERT_TRUE(target);
  EXPECT_TRUE(holds(target->conninfo, "host='db.example'"));
  EXPECT_TRUE(holds(target->conninfo, "port='6543'"));
  EXPECT_TRUE(holds(target->conninfo, "dbname='library'"));
  EXPECT_TRUE(holds(target->conninfo, "user='ann'"));
  EXPECT_TRUE(holds(target->conninfo, "password='p@ss'"));
  EXPECT_TRUE(holds(target->conninfo, "sslmode='require'"));
  EXPECT_EQ(target->shown, "ann@db.example:6543/library");
  EXPECT_EQ(target->database, "library");
}

TEST(ParseTarget, DropsTheDriverOfSqlAlchemyUrls) {
  for (const char* scheme : {"postgresql+asyncpg", "postgresql+psycopg2", "postgres+psycopg", "postgres"}) {
    const auto target = parse_target(std::string(scheme) + "://ann@db/library");
    ASSERT_TRUE(target) << scheme;
    EXPECT_EQ(target->shown.substr(0, 6), "ann@db") << scheme;
  }
}

TEST(ParseTarget, TranslatesAsyncpgParametersAndKeepsAPlusInThePassword) {
  const auto target =
      parse_target("postgresql+asyncpg://ann:a+b@db/library?ssl=require&prepared_statement_cache_size=0");
  ASSERT_TRUE(target) << target.error().why;
  EXPECT_TRUE(holds(target->conninfo, "sslmode='require'"));
  EXPECT_TRUE(holds(target->conninfo, "password='a+b'"));
  const auto plain = parse_target("postgresql://ann:a+b@db/library");
  ASSERT_TRUE(plain);
  EXPECT_TRUE(holds(plain->conninfo, "password='a+b'"));
}

TEST(ParseTarget, EscapesQuotesAndBackslashes) {
  const auto target = parse_target(R"(host=db password='a\'b\\c d' dbname=x)");
  ASSERT_TRUE(target);
  EXPECT_TRUE(holds(target->conninfo, R"(password='a\'b\\c d')"));
  EXPECT_TRUE(parse_target(target->conninfo));
}

TEST(ParseTarget, NamesTheApplicationUnlessTheUserNamedSegue) {
  EXPECT_TRUE(holds(parse_target("dbname=x")->conninfo, "application_name='segue'"));
  EXPECT_TRUE(holds(parse_target("application_name=deploy")->conninfo, "application_name='segue (deploy)'"));
  EXPECT_TRUE(holds(parse_target("application_name='my segue'")->conninfo, "application_name='my segue'"));
  EXPECT_TRUE(holds(parse_target("client_encoding=LATIN1")->conninfo, "client_encoding='UTF8'"));
}

TEST(ParseTarget, RefusesTheKeywordEmbedded) {
  EXPECT_TRUE(is_embedded("embedded"));
  EXPECT_FALSE(is_embedded("dbname=embedded"));
  EXPECT_EQ(parse_target("embedded").error().code, ErrorCode::usage);
}

TEST(ParseTarget, ShowsSeveralHosts) {
  EXPECT_EQ(parse_target("host=a,b port=1,2 user=u dbname=d")->shown, "u@a:1,b:2/d");
}

TEST(ParseTarget, NeverShowsAPasswordOfAMalformedString) {
  const std::vector<std::string> malformed = {
      "postgresql://ann:s3cret@db:54x32/library?nonsense=1",
      "postgresql://ann:s3cret@[::1/library",
      "postgresql://ann:s3%zzcret@db/library",
      "postgresql+asyncpg://ann:s3cret@db/library?what=ever",
      "postgresql://ann:s3cret/with@slash@db/library?x",
      "postgresql://ann@db/library?password=s3cret&bad",
      "postgresql://db/library?PASSWORD=s3cret&bad=1",
      "postgresql://ann:\"s3cret\"x@db/library?bad=1",
      "host=db password=my s3cret user=ann",
      "host=db password='s3cret",
      "host=db sslpassword = s3cret x",
      "mysql://ann:s3cret@db/library",
      "postgre://ann:s3cret@db/library",
      "host=db pasword=s3cret",
      "ann:s3cret@db",
      "postgresql://ann:s3cret",
      "postgresql://ann:s3cret/library",
      "postgresql://ann@db/library?p%61sswrod=s3cret",
      "host=db port=5432 user=ann s3cret",
  };
  for (const std::string& setting : malformed) {
    const auto target = parse_target(setting);
    ASSERT_FALSE(target) << setting;
    EXPECT_EQ(target.error().code, ErrorCode::usage);
    const std::string said = render(target.error());
    EXPECT_FALSE(holds(said, "cret")) << setting << "\n" << said;
    EXPECT_FALSE(target.error().hint.empty());
  }
}

TEST(ParseTarget, SaysWhatIsWrongWhereThatIsNoSecret) {
  EXPECT_TRUE(holds(parse_target("hots=db password=x").error().why, "hots"));
  EXPECT_TRUE(holds(parse_target("library").error().why, "library"));
  EXPECT_TRUE(holds(render(parse_target("host=db port=54x2 hots=a").error()), "host=db"));
  EXPECT_TRUE(holds(parse_target("postgresql://ann:s3cret@db/library?sslmod=require").error().why, "sslmod"));
}

}  // namespace
}  // namespace segue::pg
