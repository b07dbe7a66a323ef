// Guards against privileges that are lost or widened on the way: a wrong reading of an aclitem, a REVOKE that takes too
// much or too little, an owner's change that drops a grant, statements that do not lead where they should.
#include <gtest/gtest.h>

#include "kinds/acl_common.h"

namespace segue::kinds::acl {
namespace {

constexpr int v15 = 150000;
constexpr int v17 = 170000;

Acl relation(const model::List& list) { return from_list(list, Class::relation, v15); }

model::List shown(const Acl& list) { return to_list(list, Class::relation, v15); }

Wording on_table() { return {"", "TABLE public.t", "", "boss", Class::relation, v15}; }

TEST(Acl, ReadsWhatTheServerPrints) {
  const Acl list = from_aclitems({"boss=arwdDxt/boss", "app=ar*/boss", "=r/boss", "\"odd \"\"name\"=w/app"}, "boss");
  EXPECT_EQ(shown(list), (model::List{"\"odd \"\"name\" BY app: UPDATE", "OWNER: ALL", "PUBLIC: SELECT",
                                      "app: SELECT WITH GRANT OPTION, INSERT"}));
}

TEST(Acl, ReadableFormReadsBackAsItself) {
  for (const model::List& list : std::vector<model::List>{{"OWNER: ALL", "app: ALL WITH GRANT OPTION"},
                                                          {"\"a: b\" BY \"c d\": SELECT, DELETE WITH GRANT OPTION"},
                                                          {"PUBLIC: SELECT"},
                                                          {}}) {
    EXPECT_EQ(shown(relation(list)), list);
  }
}

TEST(Acl, ARoleNamedOwnerIsNotTheOwner) {
  const Acl list = from_aclitems({"\"OWNER\"=r/boss"}, "boss");
  EXPECT_EQ(shown(list), (model::List{"\"OWNER\": SELECT"}));
}

TEST(Acl, AllOfARelationIncludesMaintainFrom17On) {
  const Acl old_list = from_aclitems({"boss=arwdDxt/boss"}, "boss");
  EXPECT_EQ(old_list, built_in(Class::relation, v15));
  EXPECT_FALSE(old_list == built_in(Class::relation, v17));
  EXPECT_EQ(from_aclitems({"boss=arwdDxtm/boss"}, "boss"), built_in(Class::relation, v17));
}

TEST(Acl, PublicMayCreateInTheSchemaPublicOnlyBefore15) {
  EXPECT_EQ(to_list(built_in(Class::schema, v15, true), Class::schema, v15),
            (model::List{"OWNER: ALL", "PUBLIC: USAGE"}));
  EXPECT_EQ(to_list(built_in(Class::schema, 140000, true), Class::schema, 140000),
            (model::List{"OWNER: ALL", "PUBLIC: ALL"}));
}

TEST(Acl, RevokeTakesWhatWasGrantedOn) {
  Acl list = relation({"app: SELECT WITH GRANT OPTION", "reader BY app: SELECT"});
  list.remove("app", "OWNER", right_named("select"), true);
  EXPECT_EQ(shown(list), (model::List{"app: SELECT"}));
}

TEST(Acl, RevokeLeavesWhatAnotherGrantorStillAllows) {
  Acl list =
      relation({"app: SELECT WITH GRANT OPTION", "app BY chief: SELECT WITH GRANT OPTION", "reader BY app: SELECT"});
  list.remove("app", "OWNER", right_named("SELECT"), false);
  EXPECT_EQ(shown(list), (model::List{"app BY chief: SELECT WITH GRANT OPTION", "reader BY app: SELECT"}));
}

TEST(Acl, NewOwnerTakesOverAndMergesItsOwnGrants) {
  const Acl list = relation({"OWNER: SELECT", "app: INSERT", "reader BY app: SELECT"});
  EXPECT_EQ(shown(with_new_owner(list, "boss", "app")), (model::List{"OWNER: SELECT, INSERT", "reader: SELECT"}));
}

TEST(AclStatements, NothingBetweenEqualLists) {
  const Acl list = relation({"OWNER: ALL", "app: SELECT"});
  EXPECT_TRUE(statements({list}, list, on_table()).empty());
}

TEST(AclStatements, GrantOnlyWhatIsMissingAndRevokeOnlyWhatIsTooMuch) {
  const Acl from = relation({"OWNER: ALL", "app: SELECT, INSERT", "gone: UPDATE"});
  const Acl to = relation({"OWNER: ALL", "app: SELECT, DELETE WITH GRANT OPTION"});
  EXPECT_EQ(
      statements({from}, to, on_table()),
      (std::vector<std::string>{"REVOKE INSERT ON TABLE public.t FROM app", "REVOKE UPDATE ON TABLE public.t FROM gone",
                                "GRANT DELETE ON TABLE public.t TO app WITH GRANT OPTION"}));
}

TEST(AclStatements, GrantOptionGoesWithoutTheRight) {
  EXPECT_EQ(statements({relation({"app: SELECT WITH GRANT OPTION"})}, relation({"app: SELECT"}), on_table()),
            (std::vector<std::string>{"REVOKE GRANT OPTION FOR SELECT ON TABLE public.t FROM app"}));
}

TEST(AclStatements, OwnerAndColumnAreNamed) {
  Wording wording = on_table();
  EXPECT_EQ(statements({relation({"OWNER: ALL"})}, relation({}), wording),
            (std::vector<std::string>{"REVOKE ALL ON TABLE public.t FROM boss"}));
  wording.column = "\"a b\"";
  wording.of = Class::column;
  EXPECT_EQ(statements({Acl{}}, relation({"app: SELECT, UPDATE"}), wording),
            (std::vector<std::string>{"GRANT SELECT (\"a b\"), UPDATE (\"a b\") ON TABLE public.t TO app"}));
}

TEST(AclStatements, WhatAnotherRoleGrantedIsTakenBackAsThatRoleAndFirst) {
  const Acl from = relation({"app: SELECT WITH GRANT OPTION", "reader BY app: SELECT"});
  EXPECT_EQ(statements({from}, Acl{}, on_table()),
            (std::vector<std::string>{"SET LOCAL ROLE app", "REVOKE SELECT ON TABLE public.t FROM reader", "RESET ROLE",
                                      "REVOKE SELECT ON TABLE public.t FROM app"}));
}

/// Which of two states the server is in is not known: what one of them has too much goes, what one of them lacks comes.
TEST(AclStatements, LeadFromEitherOfTwoStates) {
  const std::vector<std::string> sql =
      statements({relation({"OWNER: ALL"}), relation({"OWNER: ALL", "app: SELECT, INSERT"})},
                 relation({"OWNER: ALL", "app: SELECT"}), on_table());
  EXPECT_EQ(sql, (std::vector<std::string>{"REVOKE INSERT ON TABLE public.t FROM app",
                                           "GRANT SELECT ON TABLE public.t TO app"}));
}

}  // namespace
}  // namespace segue::kinds::acl
