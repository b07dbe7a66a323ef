// Guards against a password that enters a plan because its connection string was taken for one without.
#include "kinds/connection_secret.h"

#include <gtest/gtest.h>

namespace segue::test {
namespace {

using kinds::may_hold_secret;

TEST(ConnectionSecret, IsFoundHoweverItIsWritten) {
  for (const char* text : {
           "password=x",
           "host=a password = 'x y'",
           "host='a b'\tpassword=x",
           "host=a\\ b password=x",
           "sslpassword=x",
           "scram_client_key=x",
           "postgresql://user:x@host/db",
           "postgres://user:x@y@host",
           "postgresql://host/db?password=x",
           "postgresql://host/db?sslmode=require&password=x",
           "postgresql://host/db?pass%77ord=x",
       })
    EXPECT_TRUE(may_hold_secret(text)) << text;
}

TEST(ConnectionSecret, IsSuspectedWhereTheTextCannotBeRead) {
  for (const char* text : {"host='never closed", "host=a x", "a b=c", "'quoted'"})
    EXPECT_TRUE(may_hold_secret(text)) << text;
}

TEST(ConnectionSecret, IsNotSeenWhereThereIsNone) {
  for (const char* text : {
           "",
           "  ",
           "dbname=x",
           "host = '/a b' port=5432 user=reader passfile=/etc/pass application_name='it\\'s'",
           "host=a options='-c x=password'",
           "postgresql://",
           "postgresql://reader@host:5432,other:5433/db?sslmode=require",
           "postgresql://[::1]:5433/db",
       })
    EXPECT_FALSE(may_hold_secret(text)) << text;
}

}  // namespace
}  // namespace segue::test
