#include "trial/dump.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace segue::trial {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0; }

/// Past a quoted thing that begins at `at`; `escapes` where a backslash protects what follows it.
std::size_t skip_quoted(const std::string& text, std::size_t at, char quote, bool escapes) {
  for (++at; at < text.size(); ++at) {
    if (escapes && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (at + 1 < text.size() && text[at + 1] == quote) {
        ++at;
      } else {
        return at + 1;
      }
    }
  }
  return text.size();
}

/// Past a dollar quoted string that begins at `at`; `at` + 1 where none does.
std::size_t skip_dollar(const std::string& text, std::size_t at) {
  if (at > 0 && is_word(text[at - 1])) return at + 1;  // a$b is a name
  std::size_t end = at + 1;
  while (end < text.size() && is_word(text[end])) ++end;
  const bool digit = end > at + 1 && std::isdigit(static_cast<unsigned char>(text[at + 1])) != 0;
  if (digit || end >= text.size() || text[end] != '$') return at + 1;
  const std::string tag = text.substr(at, end - at + 1);
  const std::size_t close = text.find(tag, end + 1);
  return close == std::string::npos ? text.size() : close + tag.size();
}

/// Past the comment, string, quoted name or single character that begins at `at`.
std::size_t skip_token(const std::string& text, std::size_t at) {
  const char c = text[at];
  if (c == '-' && text.compare(at, 2, "--") == 0) return std::min(text.find('\n', at), text.size());
  if (c == '\'') {
    const bool escapes = at > 0 && (text[at - 1] == 'E' || text[at - 1] == 'e') && (at < 2 || !is_word(text[at - 2]));
    return skip_quoted(text, at, '\'', escapes);
  }
  if (c == '"') return skip_quoted(text, at, '"', false);
  if (c == '$') return skip_dollar(text, at);
  return at + 1;
}

std::string trim(std::string_view text) {
  const char* blank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(blank) - first + 1));
}

struct Entry {
  std::string type;
  std::string name;
  std::string schema;
  std::string owner;
  std::string body;
};

/// "-- Name: t; Type: TABLE; Schema: public; Owner: me": read from the right, because a name can hold anything.
Entry parse_header(std::string line) {
  Entry entry;
  const auto take = [&line](std::string_view label) {
    const std::size_t at = line.rfind(label);
    if (at == std::string::npos) return std::string();
    std::string value = line.substr(at + label.size());
    line.resize(at);
    return value;
  };
  (void)take("; Tablespace: ");
  entry.owner = take("; Owner: ");
  entry.schema = take("; Schema: ");
  entry.type = take("; Type: ");
  entry.name = take("-- Name: ");
  return entry;
}

/// The text cut at pg_dump's headers. A header within a string is none.
std::vector<Entry> cut_entries(const std::string& text) {
  constexpr std::string_view start = "--\n-- Name: ";
  constexpr std::string_view last = "--\n-- PostgreSQL database dump complete";
  std::vector<Entry> entries;
  std::size_t body = 0;
  const auto close = [&](std::size_t end) {
    if (!entries.empty()) entries.back().body = text.substr(body, end - body);
  };
  for (std::size_t at = 0; at < text.size();) {
    const bool line_start = at == 0 || text[at - 1] == '\n';
    if (line_start && text.compare(at, start.size(), start) == 0) {
      close(at);
      const std::size_t end = std::min(text.find('\n', at + 3), text.size());
      entries.push_back(parse_header(text.substr(at + 3, end - at - 3)));
      body = at = std::min(text.find('\n', end + 1), text.size());
    } else if (line_start && text.compare(at, last.size(), last) == 0) {
      close(at);
      return entries;
    } else {
      at = skip_token(text, at);
    }
  }
  close(text.size());
  return entries;
}

/// The end of the parenthesis that opens at `open`.
std::size_t matching(const std::string& text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size();) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return at;
    at = skip_token(text, at);
  }
  return text.size();
}

/// The list in the parenthesis that opens at `open`, sorted.
std::string sort_list(const std::string& text, std::size_t open) {
  const std::size_t close = matching(text, open);
  std::vector<std::string> items = split_outside(text.substr(open + 1, close - open - 1), ',');
  std::sort(items.begin(), items.end());
  std::string sorted = text.substr(0, open + 1);
  for (const std::string& item : items) sorted += "\n    " + item;
  return sorted + "\n" + text.substr(std::min(close, text.size()));
}

/// The place of the first `what` outside quotes and parentheses.
std::size_t find_outside(const std::string& text, std::string_view what) {
  for (std::size_t at = 0; at < text.size();) {
    if (text.compare(at, what.size(), what) == 0) return at;
    at = text[at] == '(' ? matching(text, at) : skip_token(text, at);
  }
  return std::string::npos;
}

/// CREATE TABLE with its columns and storage parameters in an order that says nothing.
std::string sort_table(std::string statement) {
  if (const std::size_t with = find_outside(statement, "WITH ("); with != std::string::npos) {
    statement = sort_list(statement, with + 5);
  }
  const std::size_t open = find_outside(statement, "(");
  const bool columns_first = open != std::string::npos && statement.find("\n    ") == open + 1;
  const bool published = statement.starts_with("ALTER PUBLICATION") && open != std::string::npos;
  return published || (statement.starts_with("CREATE") && columns_first) ? sort_list(statement, open) : statement;
}

/// What statistics are kept of stands in the order of the table's columns (statscmds.c CreateStatistics).
std::string sort_statistics(const std::string& statement) {
  constexpr std::string_view on = " ON ";
  const std::size_t begin = find_outside(statement, on);
  const std::size_t end = find_outside(statement, " FROM ");
  if (!statement.starts_with("CREATE STATISTICS") || begin >= end || end == std::string::npos) return statement;
  const std::string list = statement.substr(begin + on.size(), end - begin - on.size());
  return statement.substr(0, begin + on.size() - 1) + sort_list("(" + list + ")", 0) + statement.substr(end);
}

bool is_setting(const std::string& statement) {
  return statement.starts_with("SET default_") || statement.starts_with("SELECT pg_catalog.set_config");
}

/// The options of a dictionary stand in the order in which they were set, the columns that are published in the
/// table's.
bool lists_things(const std::string& type) {
  return type == "TABLE" || type == "FOREIGN TABLE" || type == "TEXT SEARCH DICTIONARY" || type == "PUBLICATION TABLE";
}

bool order_free(const std::string& type) {
  return type == "TABLE" || type == "FOREIGN TABLE" || type == "ACL" || type == "DEFAULT ACL" || type == "VIEW" ||
         type == "MATERIALIZED VIEW";
}

bool has_storage(const Entry& entry) {
  return (entry.type == "TABLE" && find_outside(entry.body, "PARTITION BY") == std::string::npos) ||
         entry.type == "MATERIALIZED VIEW";
}

/// Settings that pg_dump prints before a header stand at the end of the entry above; they speak of what follows.
struct Settings {
  std::string access_method = "heap";
  std::string tablespace = "''";
  void read(const std::string& statement) {
    const std::size_t equals = statement.find(" = ");
    if (equals == std::string::npos) return;
    if (statement.starts_with("SET default_table_access_method")) access_method = statement.substr(equals + 3);
    if (statement.starts_with("SET default_tablespace")) tablespace = statement.substr(equals + 3);
  }
};

std::string canonical(const Entry& entry, const Settings& settings, Settings& following) {
  std::vector<std::string> statements;
  std::string own;  // the text of the entry up to the settings
  for (std::string& statement : split_outside(entry.body, ';')) {
    if (statement.empty() || statement[0] == '\\') continue;
    if (is_setting(statement)) {
      following.read(statement);
      continue;
    }
    statements.push_back(lists_things(entry.type)     ? sort_table(statement)
                         : entry.type == "STATISTICS" ? sort_statistics(statement)
                                                      : statement);
  }
  if (order_free(entry.type)) std::sort(statements.begin(), statements.end());
  for (const std::string& statement : statements) own += statement + ";\n";
  if (has_storage(entry))
    own += "access method " + settings.access_method + ", tablespace " + settings.tablespace + "\n";
  return own + "owner " + entry.owner + "\n";
}

/// The settings before the first entry: the head of the dump ends with them.
Settings initial_settings(const std::string& text) {
  Settings settings;
  const std::size_t first = std::min(text.find("--\n-- Name: "), text.size());
  for (const std::string& statement : split_outside(text.substr(0, first), ';')) {
    const std::size_t at = statement.rfind("SET default_");
    if (at != std::string::npos) settings.read(statement.substr(at));
  }
  return settings;
}

}  // namespace

namespace {

constexpr std::string_view options_begin = "OPTIONS (";
constexpr std::string_view connection_begin = "CONNECTION '";

/// The options in the parenthesis at `open` that are not hidden, with their clause; "" for none.
std::string options_shown(const std::string& text, std::size_t open, const Hidden& hidden) {
  std::vector<std::string> items = split_outside(text.substr(open + 1, matching(text, open) - open - 1), ',');
  std::erase_if(items, [&](const std::string& item) { return hidden.option(item.substr(0, item.find(" '"))); });
  std::string shown;
  for (const std::string& item : items) shown += (shown.empty() ? "\n    " : ",\n    ") + item;
  return shown.empty() ? "" : std::string(options_begin) + shown + "\n)";
}

}  // namespace

std::string without_hidden(const std::string& dump, const Hidden& hidden) {
  std::string shown;
  for (std::size_t at = 0; at < dump.size();) {
    std::size_t end = skip_token(dump, at);
    if (dump.compare(at, options_begin.size(), options_begin) == 0) {
      const std::size_t open = at + options_begin.size() - 1;
      shown += options_shown(dump, open, hidden);
      end = matching(dump, open) + 1;
    } else if (dump.compare(at, connection_begin.size(), connection_begin) == 0) {
      const std::size_t value = at + connection_begin.size();
      end = skip_token(dump, value - 1);
      const bool hides = hidden.connection(std::string_view(dump).substr(value, end - 1 - value));
      shown += hides ? std::string(connection_begin) + "'" : dump.substr(at, end - at);
    } else {
      shown += dump.substr(at, end - at);
    }
    at = end;
  }
  return shown;
}

std::vector<std::string> split_outside(const std::string& text, char separator) {
  std::vector<std::string> pieces;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == separator) {
      pieces.push_back(trim(std::string_view(text).substr(start, at - start)));
      start = ++at;
    } else {
      at = text[at] == '(' ? matching(text, at) : skip_token(text, at);
    }
  }
  if (std::string last = trim(std::string_view(text).substr(start)); !last.empty()) pieces.push_back(std::move(last));
  return pieces;
}

DumpObjects parse_dump(const std::string& text) {
  DumpObjects objects;
  Settings settings = initial_settings(text);
  for (const Entry& entry : cut_entries(text)) {
    Settings following = settings;
    const std::string key = entry.type + " " + (entry.schema == "-" ? "" : entry.schema + ".") + entry.name;
    std::string unique = key;
    for (int number = 2; objects.contains(unique); ++number) unique = key + " (" + std::to_string(number) + ")";
    objects[unique] = canonical(entry, settings, following);
    settings = following;
  }
  return objects;
}

namespace {

std::string difference(const DumpObjects& ours, const DumpObjects& theirs, bool more_is_wrong) {
  std::string report;
  for (const auto& [key, body] : ours) {
    const auto other = theirs.find(key);
    if (other == theirs.end()) {
      if (more_is_wrong) report += "should not be there: " + key + "\n" + body;
    } else if (other->second != body) {
      report += "differs: " + key + "\n--- got\n" + body + "--- wanted\n" + other->second;
    }
  }
  for (const auto& [key, body] : theirs) {
    if (!ours.contains(key)) report += "is missing: " + key + "\n" + body;
  }
  return report;
}

}  // namespace

std::string dump_difference(const std::string& got, const std::string& wanted) {
  return difference(parse_dump(got), parse_dump(wanted), true);
}

std::string dump_missing(const std::string& got, const std::string& wanted) {
  return difference(parse_dump(got), parse_dump(wanted), false);
}

}  // namespace segue::trial
