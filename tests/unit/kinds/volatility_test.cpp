// Guards against a default that is taken for a constant and rewrites a large table after all.
#include "kinds/volatility.h"

#include <gtest/gtest.h>

namespace segue::kinds {
namespace {

TEST(Volatility, KnowsConstants) {
  for (const char* expression : {"1", "-1", "NULL", "'a'", "'a'::text", "CAST('2020-01-01' AS date)", "true",
                                 "ARRAY['a', 'b']::text[]", "'x' COLLATE \"C\"", "B'101'"})
    EXPECT_EQ(computed(expression), Computed::never) << expression;
}

TEST(Volatility, KnowsTheClocksOfTheTransaction) {
  for (const char* expression : {"now()", "pg_catalog.now()", "CURRENT_TIMESTAMP", "CURRENT_USER", "now()::date"})
    EXPECT_EQ(computed(expression), Computed::once) << expression;
}

TEST(Volatility, TakesEverythingElseForComputedByRow) {
  for (const char* expression : {"random()", "clock_timestamp()", "nextval('s'::regclass)", "mine.now()", "f(1)",
                                 "gen_random_uuid()", "'a' || 'b'", "ARRAY[random()]", "(SELECT 1)", "no expression ("})
    EXPECT_EQ(computed(expression), Computed::per_row) << expression;
}

}  // namespace
}  // namespace segue::kinds
