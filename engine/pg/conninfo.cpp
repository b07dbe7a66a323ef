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

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

struct Span {
  std::size_t begin;
  std::size_t end;
};

/// Where the text of a URL may hold a password: all between the first colon of the authority and the last @ (a
/// password that was not percent-encoded may hold / ? # and @ itself), and the values of password parameters.
void url_secrets(const std::string& text, std::vector<Span>& spans) {
  const std::size_t scheme = text.find("://");
  const std::size_t authority = scheme == std::string::npos ? text.find(':') + 1 : scheme + 3;
  const std::size_t at = text.rfind('@');
  const std::size_t colon = text.find(':', authority);
  if (at != std::string::npos && colon != std::string::npos && colon < at) spans.push_back({colon + 1, at});
  const std::string folded = lower(text);
  for (std::size_t from = 0; (from = folded.find("password=", from)) != std::string::npos;) {
    from += 9;
    spans.push_back({from, std::min(text.find('&', from), text.size())});
  }
}

/// In a malformed keyword string nobody can say where the password ends, so all behind the word is taken for one.
std::vector<Span> secrets(const std::string& text) {
  std::vector<Span> spans;
  if (is_url(text)) {
    url_secrets(text, spans);
    // An escaped or odd spelling of the parameter's name hides the rest as well.
    return spans;
  }
  const std::size_t word = lower(text).find("password");
  if (word != std::string::npos) spans.push_back({std::min(word + 8, text.size()), text.size()});
  // Something like a URL of another scheme, or with the scheme mistyped.
  if (text.find('@') != std::string::npos) url_secrets(text, spans);
  return spans;
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
