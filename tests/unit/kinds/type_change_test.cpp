// Guards against a cast that cuts values off without a word, and against a change that rounds them being called exact.
#include "kinds/type_change.h"

#include <gtest/gtest.h>

namespace segue::kinds {
namespace {

TEST(TypeChange, AssignmentCastsAreLeftToTheServer) {
  // with USING v::character varying(3) the server would cut 'abcd' off; without, it refuses it
  EXPECT_TRUE(converts_by_itself("text", "character varying(3)"));
  EXPECT_TRUE(converts_by_itself("bigint", "integer"));
  EXPECT_TRUE(converts_by_itself("numeric(10,2)[]", "numeric(8,2)[]"));
  EXPECT_TRUE(converts_by_itself("timestamp(3) with time zone", "date"));
  EXPECT_TRUE(converts_by_itself("integer[]", "text"));
  EXPECT_TRUE(converts_by_itself("public.mood", "text"));
}

TEST(TypeChange, OtherCastsAreWritten) {
  EXPECT_FALSE(converts_by_itself("text", "integer"));
  EXPECT_FALSE(converts_by_itself("integer", "integer[]"));
  EXPECT_FALSE(converts_by_itself("text", "public.mood"));
  EXPECT_FALSE(converts_by_itself("bigint", "boolean"));
}

TEST(TypeChange, RoundingIsNoticed) {
  EXPECT_TRUE(may_change_values("numeric", "numeric(20,4)"));
  EXPECT_TRUE(may_change_values("numeric(12,4)", "numeric(12,2)"));
  EXPECT_TRUE(may_change_values("double precision", "integer"));
  EXPECT_TRUE(may_change_values("bigint", "double precision"));
  EXPECT_TRUE(may_change_values("timestamp with time zone", "timestamp(0) with time zone"));
  EXPECT_TRUE(may_change_values("timestamp without time zone", "date"));
  EXPECT_TRUE(may_change_values("inet", "cidr"));
  EXPECT_TRUE(may_change_values("json", "jsonb"));
  EXPECT_TRUE(may_change_values("text", "integer"));
}

TEST(TypeChange, WhatHoldsEveryValueIsExact) {
  EXPECT_FALSE(may_change_values("numeric(12,2)", "numeric(8,2)"));
  EXPECT_FALSE(may_change_values("numeric(12,2)", "numeric"));
  EXPECT_FALSE(may_change_values("integer", "bigint"));
  EXPECT_FALSE(may_change_values("bigint", "integer"));
  EXPECT_FALSE(may_change_values("integer", "double precision"));
  EXPECT_FALSE(may_change_values("date", "timestamp with time zone"));
  EXPECT_FALSE(may_change_values("text", "character varying(3)"));
  EXPECT_FALSE(may_change_values("public.mood", "text"));
}

TEST(TypeChange, TypesAreTakenApart) {
  const TypeParts stamp = parts_of_type("timestamp(3) without time zone[]");
  EXPECT_EQ(stamp.base, "timestamp without time zone");
  EXPECT_EQ(stamp.modifier, "3");
  EXPECT_TRUE(stamp.is_array);
}

}  // namespace
}  // namespace segue::kinds
