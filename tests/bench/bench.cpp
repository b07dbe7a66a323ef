// How fast segue plans, as ratios to pg_dump -s of the same database in the same run.
//
// usage: test_bench [TABLES [TABLES]]   by default 1000 and 4000
// Uses a throw-away server of its own. Called by `./dev bench`; it judges nothing, the numbers are for people.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "made_schema.h"
#include "measure.h"
#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::bench {
namespace {

constexpr int repeats = 3;

struct Row {
  std::string what;
  Measured measured;
};

void print(const Row& row, const Row& pg_dump) {
  std::printf("%-44s %10.3f %10.3f %14.2f %10.1f\n", row.what.c_str(), row.measured.seconds, row.measured.cpu_seconds,
              row.measured.seconds / pg_dump.measured.seconds, row.measured.megabytes);
  std::fflush(stdout);
}

/// All measurements of one size, printed as they come; the first is pg_dump -s.
std::vector<Row> measure_size(test::Server& server, int tables) {
  const test::TempDir work;
  const std::string folder = work.path().string();
  test::write_file(work / "schema.sql", made_schema(tables));
  test::write_file(work / "changed.sql", changed_schema(tables));
  const test::Database database(server);
  database.load(work / "schema.sql");
  database.execute("ANALYZE");

  const std::string url = database.url();
  const auto segue = [&](std::vector<std::string> arguments, int times, int exit_code = 0) {
    arguments.insert(arguments.begin(), test::segue_binary());
    arguments.insert(arguments.end(), {"--db", url});
    return fastest(arguments, folder, times, exit_code);
  };
  std::vector<Row> rows;
  const auto add = [&rows](const char* what, const Measured& measured) {
    rows.push_back({what, measured});
    print(rows.back(), rows.front());
  };
  std::printf("\n%d tables\n%-44s %10s %10s %14s %10s\n", tables, "", "seconds", "own CPU", "of pg_dump -s", "peak MB");
  add("pg_dump -s", fastest({server.program("pg_dump"), "-s", "-d", url}, folder, repeats));
  add("validate", fastest({test::segue_binary(), "validate"}, folder, repeats));
  add("plan, nothing to do, nothing remembered", segue({"plan", "--detailed-exitcode"}, repeats));
  add("apply, nothing to do, remembers the forms", segue({"apply", "--yes"}, 1));
  add("check, compares everything", segue({"check"}, repeats));
  add("plan, nothing changed since the apply", segue({"plan", "--detailed-exitcode"}, repeats));
  add("apply, nothing changed since the apply", segue({"apply", "--yes"}, repeats));
  add("plan, 20 changes", segue({"plan", "--detailed-exitcode", "--schema", "changed.sql"}, repeats, 2));
  return rows;
}

void print_growth(int small_size, const std::vector<Row>& small_rows, int large_size,
                  const std::vector<Row>& large_rows) {
  std::printf("\nfrom %d to %d tables, %.1f times as many\n%-44s %10s %10s\n", small_size, large_size,
              static_cast<double>(large_size) / small_size, "", "time", "memory");
  for (std::size_t i = 0; i < small_rows.size(); ++i) {
    const Measured& small = small_rows[i].measured;
    const Measured& large = large_rows[i].measured;
    std::printf("%-44s %9.1fx %9.1fx\n", small_rows[i].what.c_str(), large.seconds / small.seconds,
                large.megabytes / small.megabytes);
  }
}

int run(int argc, char** argv) {
  const int small_size = argc > 1 ? std::atoi(argv[1]) : 1000;
  const int large_size = argc > 2 ? std::atoi(argv[2]) : argc > 1 ? 0 : 4000;
  if (small_size < 20 || (large_size != 0 && large_size < 20)) {
    std::fprintf(stderr, "usage: %s [TABLES [TABLES]], 20 or more each\n", argv[0]);
    return 64;
  }
  test::Server server;
  const std::vector<Row> small_rows = measure_size(server, small_size);
  if (large_size == 0) return 0;
  const std::vector<Row> large_rows = measure_size(server, large_size);
  print_growth(small_size, small_rows, large_size, large_rows);
  return 0;
}

}  // namespace
}  // namespace segue::bench

int main(int argc, char** argv) {
  try {
    return segue::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench: %s\n", error.what());
    return 1;
  }
}
