#include "support/identities.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

namespace segue::test {
namespace {

constexpr const char* identity_query = R"sql(
WITH relation AS (
  SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, c.relkind
  FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'S') AND n.nspname !~ '^(pg_|information_schema$|segue(_retained)?$)')
SELECT name, oid::text FROM relation
UNION ALL
SELECT r.name || '.' || a.attname, r.oid || ':' || a.attnum
FROM relation AS r JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid
WHERE r.relkind <> 'S' AND a.attnum > 0 AND NOT a.attisdropped
)sql";

// Names of a test may hold line ends, so they travel as JSON strings.
constexpr const char* rows_query = R"sql(
SELECT format('SELECT to_json(%L::text) || E''\t'' || to_jsonb(t) FROM ONLY %I.%I AS t;', format('%I.%I', n.nspname, c.relname), n.nspname, c.relname)
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema$|segue(_retained)?$)'
\gexec
)sql";

/// Lines of two fields, split at the tab; the first is a JSON string.
std::vector<std::pair<std::string, std::string>> pairs(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    all.emplace_back(nlohmann::json::parse(line.substr(0, tab)).get<std::string>(), line.substr(tab + 1));
  }
  return all;
}

}  // namespace

Identities identities(const Database& database) {
  const Rows rows = database.query(identity_query);
  Identities all;
  for (std::size_t i = 0; i < rows.size(); ++i) all[std::string(rows.text(i, 0))] = rows.text(i, 1);
  return all;
}

std::string identity_difference(const Identities& before, const Identities& after,
                                const std::map<std::string, std::string>& renamed,
                                const std::set<std::string>& remade) {
  std::string report;
  for (const auto& [name, identity] : before) {
    const auto new_name = renamed.find(name);
    const std::string& expected = new_name == renamed.end() ? name : new_name->second;
    const auto found = after.find(expected);
    const std::string table = name.substr(0, name.rfind('.'));
    if (found == after.end()) {
      if (new_name != renamed.end()) report += expected + " (until now " + name + ") is not there\n";
      continue;
    }
    if (remade.contains(name) || remade.contains(table) || renamed.contains(table)) continue;
    if (found->second != identity) report += expected + " was dropped and made again\n";
  }
  return report;
}

TableRows table_rows(const Database& database) {
  TableRows all;
  for (auto& [table, row] : pairs(database.ask(rows_query))) all[table].push_back(row);
  for (auto& [table, rows] : all) std::sort(rows.begin(), rows.end());
  return all;
}

std::string rows_difference(const TableRows& got, const TableRows& wanted) {
  std::string report;
  for (const auto& [table, rows] : wanted) {
    const auto found = got.find(table);
    if (found != got.end() && found->second == rows) continue;
    report += "rows of " + table + "\n--- wanted\n";
    for (const std::string& row : rows) report += row + "\n";
    report += "--- got\n";
    if (found == got.end()) continue;
    for (const std::string& row : found->second) report += row + "\n";
  }
  for (const auto& [table, rows] : got) {
    if (!wanted.contains(table))
      report += table + " has " + std::to_string(rows.size()) + " rows and should have none\n";
  }
  return report;
}

}  // namespace segue::test
