#include "cli/command_line.h"

#include <algorithm>
#include <cstring>

namespace segue::cli {
namespace {

void overwrite(char* begin, char* end) { std::fill(begin, end, '*'); }

/// Between the first colon of a URL's authority and the last @, which may belong to a password too.
void hide_in_url(char* argument) {
  char* authority = std::strstr(argument, "://");
  if (authority == nullptr) return;
  authority += 3;
  char* colon = std::strchr(authority, ':');
  char* at = std::strrchr(authority, '@');
  if (colon != nullptr && at != nullptr && colon < at) overwrite(colon + 1, at);
}

/// The value of the keyword `password`: in a URL up to the next one, elsewhere to
/// the end, since quotes and backslashes let it hold anything.
void hide_value(char* argument) {
  constexpr const char* keyword = "password";
  const bool is_url = std::strstr(argument, "://") != nullptr;
  for (char* at = std::strstr(argument, keyword); at != nullptr; at = std::strstr(at, keyword)) {
    at += std::strlen(keyword);
    char* value = at + std::strspn(at, " ");
    if (*value != '=') continue;
    ++value;
    at = value + (is_url ? std::strcspn(value, "&") : std::strlen(value));
    overwrite(value, at);
  }
}

}  // namespace

void hide_passwords(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    hide_in_url(argv[i]);
    hide_value(argv[i]);
  }
}

}  // namespace segue::cli
