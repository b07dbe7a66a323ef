// Guards against rows that are lost where a plan that keeps them is hit on its way.
#include <gtest/gtest.h>

#include "fault.h"

namespace segue::test {
namespace {

Change change_that_keeps(const std::string& on_drop) {
  return {R"(
CREATE TABLE author (id bigint PRIMARY KEY, name text NOT NULL, rating numeric(6, 3) NOT NULL DEFAULT 1.5);
CREATE TABLE book (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author_id bigint NOT NULL REFERENCES author,
                   title text NOT NULL UNIQUE, shelf serial);
)",
          R"(
INSERT INTO author SELECT g, 'author ' || g, g * 1.234 FROM generate_series(1, 200) g;
INSERT INTO book (author_id, title) SELECT g, 'book ' || g FROM generate_series(1, 200) g;
)",
          R"(
CREATE TABLE author (id bigint PRIMARY KEY, rating numeric(6, 1) NOT NULL DEFAULT 1.5);
CREATE TABLE book (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL UNIQUE);
CREATE TABLE shelf (id bigint PRIMARY KEY);
)",
          {"--on-drop", on_drop}};
}

TEST(Kept, SegueKilledLeavesEveryRow) { recover_from(kill_segue, Deployment(change_that_keeps("retain")), runs(10)); }

TEST(Kept, SessionEndedLeavesEveryRow) {
  recover_from(end_session, Deployment(change_that_keeps("retain-in-place")), runs(10));
}

TEST(Kept, ServerCrashedLeavesEveryRow) {
  Server server({"synchronous_commit=on"});
  recover_from(crash_server, Deployment(change_that_keeps("retain"), server), runs(4));
}

}  // namespace
}  // namespace segue::test
