#include "background.h"

#include <algorithm>
#include <cctype>

#include "catalog/introspect.h"
#include "exec/history.h"

namespace segue {
namespace {

std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0) {
  const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), word.begin(), word.end(),
                                 [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
  return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

/// What the control files of extensions say that the files speak of.
Status read_extensions(Session& session, Background& background) {
  const auto note = [&](const std::string& what, const Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      background.settings["segue.extension_" + what + "." + rows.at(i, 0).value_or("")] = rows.at(i, 1).value_or("");
  };
  if (background.wants_extensions) {
    // what CREATE EXTENSION says of itself is no comment of the file's
    auto comments =
        session.query("SELECT name, comment FROM pg_catalog.pg_available_extensions WHERE comment IS NOT NULL");
    if (!comments) return comments.failure();
    note("comment", *comments);
  }
  if (background.wants_required_extensions) {
    auto required = session.query(
        "SELECT a.name, COALESCE(v.requires, '{}') FROM pg_catalog.pg_available_extensions a "
        "JOIN pg_catalog.pg_available_extension_versions v ON v.name = a.name AND v.version = a.default_version");
    if (!required) return required.failure();
    note("requires", *required);
  }
  return done();
}

}  // namespace

void look_for_extensions(std::string_view text, Background& background) {
  for (std::size_t at = 0; (at = find_word(text, "extension", at)) != std::string_view::npos; ++at) {
    background.wants_extensions = true;
    const bool cascades = find_word(text.substr(at, text.find(';', at) - at), "cascade") != std::string_view::npos;
    background.wants_required_extensions = background.wants_required_extensions || cascades;
  }
}

Status read_background(Session& session, Background& background) {
  auto who = session.query("SELECT current_user, pg_catalog.current_setting('server_version')");
  if (!who) return who.failure();
  background.current_role = who->at(0, 0).value_or("");
  background.server_version_text = who->at(0, 1).value_or("");
  background.server_version = session.server_version();
  auto names = catalog::environment(session);
  if (!names) return names.failure();
  for (auto& [name, in_schema] : *names) background.environment.schemas_of[name].push_back(in_schema);
  background.environment.others.known = kinds::Others::Known::asked;
  if (Status read = read_extensions(session, background); !read) return read;
  auto forms = exec::load_remembered(session);
  if (!forms) return forms.failure();
  for (exec::RememberedForm& form : *forms) background.remembered.emplace(std::move(form.key), std::move(form.form));
  auto managed = exec::load_managed(session);
  if (!managed) return managed.failure();
  background.managed.insert(managed->begin(), managed->end());
  if (managed->empty()) {
    const Result<exec::HistoryState> state = exec::history_state(session);
    if (!state) return state.failure();
    background.may_not_read_history = *state == exec::HistoryState::unreadable;
  }
  return done();
}

}  // namespace segue
