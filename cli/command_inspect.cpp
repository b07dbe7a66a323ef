// segue inspect: the live database as a schema file that plans to nothing.
#include <filesystem>
#include <memory>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/terminal.h"
#include "report/escape.h"

namespace segue::cli {
namespace {

struct Flags {
  InspectRequest request;
  std::string out;
};

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return path.ends_with('/') || std::filesystem::is_directory(path, ignored);
}

Status write_folder(const std::string& folder, const std::vector<InspectedFile>& files) {
  for (const InspectedFile& file : files) {
    const std::filesystem::path path = std::filesystem::path(folder) / file.path;
    std::error_code failed;
    std::filesystem::create_directories(path.parent_path(), failed);
    if (failed) {
      return Diagnostic::error(ErrorCode::io,
                               "the folder " + path.parent_path().string() + " could not be made: " + failed.message(),
                               "Look whether you may write there.");
    }
    if (const Status written = write_file(path.string(), file.text); !written) return written;
  }
  return done();
}

int run(Flags& flags, const GlobalFlags& global) {
  flags.request.folder = is_folder(flags.out);
  const Result<InspectReport> report = inspect(flags.request, global.target(), callbacks());
  if (!report) return fail(report.diagnostics());
  for (const std::string& one : report->left_out) say("left out: " + report::one_line(one));
  for (const std::string& one : report->unreadable) say("cannot be read again: " + report::one_line(one));
  Status written = done();
  if (flags.out.empty())
    written = write_output(report->files.front().text);
  else if (flags.request.folder)
    written = write_folder(flags.out, report->files);
  else
    written = write_file(flags.out, report->files.front().text);
  if (!written) return fail(written.diagnostics());
  const std::size_t count = report->files.size();
  if (flags.request.folder)
    say("Wrote " + std::to_string(count) + (count == 1 ? " file to " : " files to ") + flags.out + ".");
  else if (!flags.out.empty())
    say("Wrote " + flags.out + ".");
  return exit_ok;
}

}  // namespace

Command add_inspect(CLI::App& app, const GlobalFlags& global) {
  CLI::App* command = app.add_subcommand("inspect", "Write the live database down as a schema that plans to nothing");
  const auto flags = std::make_shared<Flags>();
  command->add_option("--out", flags->out, "Write here instead of to stdout; to a folder, a file for each object")
      ->type_name("FILE|DIR");
  command->add_option("--exclude", flags->request.exclude, "Leave these objects out; may be repeated")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  return {command, [flags, &global] { return run(*flags, global); }};
}

}  // namespace segue::cli
