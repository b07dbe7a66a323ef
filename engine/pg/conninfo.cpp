#include "pg/conninfo.h"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

namespace segue::pg {
namespace {

using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;
using Settings = std::map<std::string, std::string>;

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

bool is_url(std::string_view setting) {
  return starts_with(setting, "postgresql:") || starts_with(setting, "postgres:") ||
         starts_with(setting, "postgresql+") || starts_with(setting, "postgres+");
}

/// Parameters of Python drivers that mean nothing to libpq and nothing to segue.
bool is_driver_parameter(std::string_view name) {
  static constexpr std::array names = {"prepared_statement_cache_size", "prepared_statement_name_func",
                                       "statement_cache_size", "command_timeout", "async_fallback"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// asyncpg spells libpq's sslmode `ssl`, and also takes true and false.
std::string libpq_parameter(std::string_view parameter) {
  if (!starts_with(parameter, "ssl=")) return std::string(parameter);
  const std::string_view mode = parameter.substr(4);
  if (mode == "true" || mode == "True" || mode == "1") return "sslmode=require";
  if (mode == "false" || mode == "False" || mode == "0") return "sslmode=disable";
  return "sslmode=" + std::string(mode);
}

/// Legato's DATABASE_URL is made for SQLAlchemy, which names its driver in the scheme (`postgresql+asyncpg://`) and
/// passes the driver's own parameters along; libpq knows neither.
std::string without_driver(const std::string& setting) {
  const std::size_t scheme_end = setting.find("://");
  const std::size_t plus = setting.find('+');
  if (!is_url(setting) || scheme_end == std::string::npos || plus > scheme_end) return setting;
  std::string url = "postgresql" + setting.substr(scheme_end);
  const std::size_t question = url.find('?');
  if (question == std::string::npos) return url;
  std::string kept;
  std::string_view rest = std::string_view(url).substr(question + 1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view parameter = rest.substr(0, end);
    if (!is_driver_parameter(parameter.substr(0, parameter.find('=')))) {
      kept += (kept.empty() ? "?" : "&") + libpq_parameter(parameter);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return url.substr(0, question) + kept;
}

struct Span {
  std::size_t begin;
  std::size_t end;
};

/// Keywords whose values may be quoted from a string that does not parse. All others may be a mistyped password.
bool is_harmless(std::string_view keyword) {
  static constexpr std::array keywords = {
      "host", "hostaddr", "port", "dbname", "user", "sslmode", "application_name", "connect_timeout", "service", "ssl"};
  return std::find(keywords.begin(), keywords.end(), keyword) != keywords.end();
}

/// Where a URL may hold a password: all between the first colon of the authority and the last @ (a password that was
/// not percent-encoded may itself hold / ? # and @), a port that is no number, since somebody may have left the host
/// out, and the values of all parameters that are not known to be harmless.
std::vector<Span> url_secrets(const std::string& text) {
  std::vector<Span> spans;
  const std::size_t scheme = text.find("://");
  const std::size_t authority = scheme == std::string::npos ? text.find(':') + 1 : scheme + 3;
  const std::size_t at = text.rfind('@');
  const std::size_t colon = text.find(':', authority);
  if (colon != std::string::npos && at != std::string::npos && colon < at) {
    spans.push_back({colon + 1, at});
  } else if (colon != std::string::npos && at == std::string::npos) {
    const std::size_t end = std::min(text.find_first_of("/?", colon), text.size());
    if (text.find_first_not_of("0123456789,", colon + 1) < end) spans.push_back({colon + 1, text.size()});
  }
  std::size_t from = text.find('?', at == std::string::npos ? authority : at);
  while (from != std::string::npos && from < text.size()) {
    const std::size_t end = std::min(text.find('&', from + 1), text.size());
    const std::size_t equals = text.find('=', from + 1);
    if (equals < end && !is_harmless(std::string_view(text).substr(from + 1, equals - from - 1))) {
      spans.push_back({equals + 1, end});
    }
    from = end;
  }
  return spans;
}

/// In a malformed keyword string nobody can say where a value ends: from the first word on that is not a harmless
/// keyword with a plain value, everything but that word itself may be a password.
std::vector<Span> keyword_secrets(const std::string& text) {
  std::size_t from = text.find_first_not_of(" \t\n");
  const bool only_a_name = text.find_first_of("=:@' ") == std::string::npos;  // `--db library`
  if (from == std::string::npos || only_a_name) return {};
  while (from != std::string::npos) {
    const std::size_t end = std::min(text.find_first_of(" \t\n", from), text.size());
    const std::size_t equals = text.find('=', from);
    if (equals >= end) return {{from, text.size()}};
    const bool plain = equals + 1 < end && text.find_first_of("'\\", equals) >= end;
    if (!plain || !is_harmless(std::string_view(text).substr(from, equals - from))) return {{equals + 1, text.size()}};
    from = text.find_first_not_of(" \t\n", end);
  }
  return {};
}

std::vector<Span> secrets(const std::string& text) {
  const bool any_scheme = text.find("://") != std::string::npos;
  return is_url(text) || any_scheme ? url_secrets(text) : keyword_secrets(text);
}

std::string cut(const std::string& text, const std::vector<Span>& spans) {
  std::string shown;
  bool hidden = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool secret =
        std::any_of(spans.begin(), spans.end(), [i](const Span& span) { return i >= span.begin && i < span.end; });
    if (secret && !hidden) shown += "***";
    if (!secret) shown += text[i];
    hidden = secret;
  }
  return shown;
}

/// libpq quotes parts of the string in its messages ("missing = after …"), and such a part may be the password. A part
/// stays only where it stands in the redacted text and nowhere in what was cut out.
std::string without_quoted_secrets(const std::string& message, const std::string& text) {
  const std::vector<Span> spans = secrets(text);
  const std::string shown = cut(text, spans);
  const auto harmless = [&](const std::string& part) {
    if (part.empty() || part == "=" || part == "]" || part == "@") return true;
    const bool hidden = std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
      return text.substr(span.begin, span.end - span.begin).find(part) != std::string::npos;
    });
    return !hidden && shown.find(part) != std::string::npos;
  };
  std::string result;
  std::size_t from = 0;
  for (;;) {
    const std::size_t open = message.find('"', from);
    if (open == std::string::npos) break;
    // A quoted part may itself hold quotation marks. Where the count is odd, cut from here to the end.
    std::size_t close = message.find('"', open + 1);
    if (close == std::string::npos) return result + message.substr(from, open - from) + "\"***\"";
    const std::string part = message.substr(open + 1, close - open - 1);
    result += message.substr(from, open - from) + "\"" + (harmless(part) ? part : "***") + "\"";
    from = close + 1;
  }
  // What is left holds words of libpq only, unless a quotation mark within the password broke the pairs above.
  const std::string tail = message.substr(from);
  const bool torn = text.find('"') != std::string::npos && !spans.empty();
  return torn ? "it cannot be parsed" : result + tail;
}

std::string trimmed(std::string text) {
  while (!text.empty() && (std::isspace(static_cast<unsigned char>(text.back())) != 0)) text.pop_back();
  return text;
}

Settings settings_of(const PQconninfoOption* option) {
  Settings settings;
  for (; option != nullptr && option->keyword != nullptr; ++option) {
    if (option->val != nullptr && *option->val != '\0') settings[option->keyword] = option->val;
  }
  return settings;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string shown_hosts(const std::string& hosts, const std::string& ports) {
  const std::vector<std::string> host = split(hosts);
  const std::vector<std::string> port = split(ports);
  std::string shown;
  for (std::size_t i = 0; i < host.size(); ++i) {
    const std::string& number = port.size() == 1 ? port[0] : port[std::min(i, port.size() - 1)];
    shown += (i == 0 ? "" : ",") + (host[i].empty() ? "(local socket)" : host[i]);
    if (!number.empty()) shown += ":" + number;
  }
  return shown;
}

/// Fills in what is for people: user@host:port/database with libpq's defaults for what is not given.
void describe(ConnectionTarget& target, const Settings& given) {
  const Options defaults(PQconndefaults(), &PQconninfoFree);
  Settings all = settings_of(defaults.get());
  if (given.count("service") != 0) all.clear();  // the service file decides; its values are not known here
  for (const auto& [keyword, value] : given) all[keyword] = value;
  const std::string& hosts = all["host"].empty() ? all["hostaddr"] : all["host"];
  target.database = all["dbname"].empty() ? all["user"] : all["dbname"];
  target.shown = all["user"].empty() ? "" : all["user"] + "@";
  target.shown += shown_hosts(hosts, all["port"]) + "/" + target.database;
  if (given.count("service") != 0) target.shown += " (service " + given.at("service") + ")";
}

Diagnostic malformed(const std::string& setting, const std::string& libpq_message) {
  Diagnostic problem = Diagnostic::error(
      ErrorCode::usage, "the database address cannot be read: " + redact(setting),
      "give a URL (postgresql://user@host:5432/database) or a keyword string (host=… dbname=… user=…); characters "
      "such as @ : / ? # in a password stand percent-encoded in a URL");
  problem.why = without_quoted_secrets(trimmed(libpq_message), setting);
  return problem;
}

void add_own_settings(Settings& settings) {
  std::string& name = settings["application_name"];
  if (name.find("segue") == std::string::npos) name = name.empty() ? "segue" : "segue (" + name + ")";
  settings["client_encoding"] = "UTF8";
}

}  // namespace

std::string conninfo_pair(const std::string& keyword, const std::string& value) {
  std::string pair = keyword + "='";
  for (const char c : value) {
    if (c == '\'' || c == '\\') pair += '\\';
    pair += c;
  }
  return pair + "'";
}

std::string redact(const std::string& conninfo) { return cut(conninfo, secrets(conninfo)); }

bool is_embedded(const std::string& setting) { return setting == "embedded"; }

std::string database_setting(const std::optional<std::string>& db_flag, const Environment& environment) {
  if (db_flag && !db_flag->empty()) return *db_flag;
  for (const char* name : {"SEGUE_DB", "DATABASE_URL"}) {
    const std::optional<std::string> value = environment ? environment(name) : std::nullopt;
    if (value && !value->empty()) return *value;
  }
  return {};
}

Result<ConnectionTarget> parse_target(const std::string& setting) {
  if (is_embedded(setting)) {
    return Diagnostic::error(ErrorCode::usage, "`embedded` is not an address: no embedded server was started for it",
                             "use --db embedded with a command that changes or reads a database");
  }
  char* message = nullptr;
  const Options parsed(PQconninfoParse(without_driver(setting).c_str(), &message), &PQconninfoFree);
  const std::unique_ptr<char, decltype(&PQfreemem)> owned(message, &PQfreemem);
  if (!parsed) return malformed(setting, message == nullptr ? "out of memory" : message);

  Settings settings = settings_of(parsed.get());
  if (settings.count("port") != 0 && settings["port"].find_first_not_of("0123456789,") != std::string::npos) {
    return malformed(setting, "the port is not a number");
  }
  ConnectionTarget target;
  describe(target, settings);
  add_own_settings(settings);
  for (const auto& [keyword, value] : settings) {
    target.conninfo += (target.conninfo.empty() ? "" : " ") + conninfo_pair(keyword, value);
  }
  return target;
}

Result<ConnectionTarget> resolve_target(const std::optional<std::string>& db_flag, const Environment& environment) {
  return parse_target(database_setting(db_flag, environment));
}

}  // namespace segue::pg
