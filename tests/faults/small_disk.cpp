#include "small_disk.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace segue::test {

SmallDisk::SmallDisk(Server& server) : server_(server) {
  if (::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=24m,mode=777") != 0) {
    problem_ =
        std::string("a file system cannot be mounted: ") + std::strerror(errno);  // NOLINT(concurrency-mt-unsafe)
    return;
  }
  struct stat data {};
  if (::stat(server.data_folder().c_str(), &data) != 0 ||
      ::chown(folder_.path().c_str(), data.st_uid, data.st_gid) != 0) {
    problem_ = std::string("a file system cannot be given away: ") + std::strerror(errno);  // NOLINT
    return;
  }
  (void)server.ask("postgres", "CREATE TABLESPACE small LOCATION '" + folder_.path().string() + "'");
}

SmallDisk::~SmallDisk() { (void)::umount2(folder_.path().c_str(), MNT_DETACH); }

void SmallDisk::move_here(const Database& database) const {
  (void)server_.ask("postgres", "ALTER DATABASE " + database.name() + " SET TABLESPACE small");
}

void SmallDisk::fill() const {
  std::ofstream ballast(folder_ / "ballast", std::ios::binary);
  const std::array<char, 65536> block{};
  while (ballast.write(block.data(), block.size()).flush()) {
  }
}

void SmallDisk::free() const { std::filesystem::remove(folder_ / "ballast"); }

}  // namespace segue::test
