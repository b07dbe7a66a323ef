#include "kinds/connection_secret.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace segue::kinds {
namespace {

constexpr std::string_view space = " \t\n\r\f\v";

bool is_secret(std::string_view keyword) {
  static constexpr std::array keywords = {"password", "sslpassword", "oauth_client_secret", "scram_client_key",
                                          "scram_server_key"};
  return std::find(keywords.begin(), keywords.end(), keyword) != keywords.end();
}

/// A value begins at `at`; where it ends, or nothing where its quote is never closed.
std::optional<std::size_t> end_of_value(std::string_view text, std::size_t at) {
  const bool quoted = at < text.size() && text[at] == '\'';
  for (std::size_t i = quoted ? at + 1 : at; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (quoted && text[i] == '\'') {
      return i + 1;
    } else if (!quoted && space.find(text[i]) != std::string_view::npos) {
      return i;
    }
  }
  if (quoted) return std::nullopt;
  return text.size();
}

/// keyword = value …
bool keywords_hold_secret(std::string_view text) {
  std::size_t at = text.find_first_not_of(space);
  while (at < text.size()) {
    const std::size_t equals = text.find('=', at);
    if (equals == std::string_view::npos) return true;
    std::string_view keyword = text.substr(at, equals - at);
    keyword = keyword.substr(0, keyword.find_last_not_of(space) + 1);
    if (is_secret(keyword) || keyword.find_first_of(space) != std::string_view::npos) return true;
    const std::size_t begin = std::min(text.find_first_not_of(space, equals + 1), text.size());
    const std::optional<std::size_t> end = end_of_value(text, begin);
    if (!end) return true;
    at = text.find_first_not_of(space, *end);
  }
  return false;
}

/// scheme://user:password@host/database?keyword=value&…; a password that is not percent-encoded may hold any of these
/// characters.
bool url_holds_secret(std::string_view text) {
  const std::size_t authority = text.find("://") + 3;
  const std::size_t at = text.rfind('@');
  const std::size_t colon = text.find(':', authority);
  if (at != std::string_view::npos && colon < at) return true;
  std::size_t from = text.find('?', authority);
  while (from < text.size()) {
    const std::size_t end = std::min(text.find('&', from + 1), text.size());
    const std::string_view parameter = text.substr(from + 1, end - from - 1);
    const std::string_view keyword = parameter.substr(0, parameter.find('='));
    if (is_secret(keyword) || keyword.find('%') != std::string_view::npos) return true;
    from = end;
  }
  return false;
}

}  // namespace

bool is_secret_reference(std::string_view value) {
  constexpr std::string_view begin = "${secret:";
  if (!value.starts_with(begin) || !value.ends_with("}") || value.size() == begin.size() + 1) return false;
  const std::string_view name = value.substr(begin.size(), value.size() - begin.size() - 1);
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool may_hold_secret(std::string_view conninfo) {
  const bool is_url = conninfo.rfind("postgresql://", 0) == 0 || conninfo.rfind("postgres://", 0) == 0;
  return is_url ? url_holds_secret(conninfo) : keywords_hold_secret(conninfo);
}

}  // namespace segue::kinds
