// A disk of a few megabytes for the files of one database, and full when a test wants it.
//
// Used by kills_test.cpp. Needs the right to mount.
#pragma once

#include <string>

#include "support/files.h"
#include "support/server.h"

namespace segue::test {

class SmallDisk {
 public:
  explicit SmallDisk(Server& server);
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk();

  /// Why there is none; "" where it is mounted.
  const std::string& problem() const { return problem_; }
  /// Nobody may be connected.
  void move_here(const Database& database) const;
  /// Not a byte more can be written.
  void fill() const;
  void free() const;

 private:
  Server& server_;
  TempDir folder_;
  std::string problem_;
};

}  // namespace segue::test
