// Guards against a digest that is not SHA-256, which would make every saved plan unreadable to the next version.
#include "base/hash.h"

#include <gtest/gtest.h>

namespace segue {
namespace {

TEST(Sha256, AgreesWithThePublishedVectors) {  // FIPS 180-2, appendix B
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, ReadsBytesBehindANul) {
  EXPECT_NE(sha256(std::string_view("a\0b", 3)), sha256(std::string_view("a\0c", 3)));
}

}  // namespace
}  // namespace segue
