// The program: parses the command line, fills in the settings, runs one
// command.
#include <cstdlib>
#include <exception>
#include <iostream>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/exit_codes.h"
#include "cli/settings.h"
#include "cli/terminal.h"

namespace segue::cli {
namespace {

/// An option whose value is a length of time.
CLI::Option* add_time(CLI::App& app, const std::string& name, std::int64_t& ms, const std::string& unit,
                      const std::string& help) {
  const auto read = [&ms, unit](const std::string& text) {
    const std::optional<std::int64_t> value = milliseconds(text, unit);
    if (value) ms = *value;
    return value.has_value();
  };
  const auto take = [read, name](const CLI::results_t& results) {
    if (read(results.back())) return true;
    throw CLI::ConversionError("\"" + results.back() + "\" is no length of time (500ms, 3s, 2min)", name);
  };
  return app.add_option(name, take, help);
}

void add_global_flags(CLI::App& app, GlobalFlags& flags) {
  app.add_option("--db", flags.db,
                 "Database: a libpq URL or keyword string, or embedded for a "
                 "private server (default: SEGUE_DB, "
                 "DATABASE_URL, then libpq's PG* variables)")
      ->type_name("URL");
  flags.wait = add_time(app, "--wait", flags.wait_ms, "s",
                        "How long to wait for the server (default 5) and for "
                        "another segue (default 60)")
                   ->type_name("SECONDS");
  app.add_flag("--wait-for-database", flags.wait_for_database, "Wait for a database that does not exist yet, too");
  app.add_option("--config", flags.config, "Settings (default: segue.toml, where it exists)")->type_name("FILE");
  add_time(app, "--lock-timeout", flags.lock_timeout_ms, "ms",
           "How long one statement waits for its locks (default 3s)")
      ->type_name("TIME");
  add_time(app, "--statement-timeout", flags.statement_timeout_ms, "ms",
           "How long one statement may run (default: no limit)")
      ->type_name("TIME");
}

int usage_error(const std::string& what, const CLI::App* command) {
  show({Diagnostic::error(
      ErrorCode::usage, what,
      "segue " + (command == nullptr ? std::string() : command->get_name() + " ") + "--help lists the flags.")});
  return exit_usage;
}

const CLI::App* chosen(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? nullptr : commands.front();
}

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

int run(int argc, char** argv) {
  CLI::App app("segue makes a PostgreSQL database match a schema.sql.", "segue");
  app.set_version_flag("--version", version());
  app.require_subcommand(0, 1);  // none at all is told below; one that does not exist is named by the parser
  app.fallthrough();             // global flags may stand behind the command too
  app.footer(
      "Exit codes: 0 done; 1 error; 2 differences; 3 refused; 4 stale "
      "plan; 5 no connection; 6 locked, try "
      "again; 64 usage.");
  GlobalFlags global;
  add_global_flags(app, global);
  std::vector<Command> commands;
  for (const auto add : {add_plan, add_apply, add_rollback, add_prove, add_check, add_validate, add_inspect,
                         add_history, add_purge, add_seal, add_doctor}) {
    commands.push_back(add(app, global));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    app.exit(asked, std::cout, std::cerr);  // help and version
    return write_output("") ? exit_ok : exit_error;
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what(), chosen(app));
  }
  hide_passwords(argc, argv);
  for (const Command& command : commands) {
    if (!command.app->parsed()) continue;
    const Status filled = fill_from_settings(app, *command.app, environment, global.config);
    if (!filled) return fail(filled.diagnostics());
    handle_signals();
    return command.run();
  }
  return usage_error("no command was given", nullptr);
}

}  // namespace
}  // namespace segue::cli

int main(int argc, char** argv) {
#ifdef __GLIBC__
  // A plan builds two schemas and is done with them when the program is: memory is taken in large pieces, shared by the
  // few threads, and none is given back on the way.
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, 16 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
#endif
  try {
    return segue::cli::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\nThis is a bug of segue: please report it.\n";
    return segue::cli::exit_error;
  }
}
