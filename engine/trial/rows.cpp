#include "trial/rows.h"

#include <algorithm>
#include <optional>

#include "base/quote.h"
#include "sql/lexer.h"

namespace segue::trial {
namespace {

constexpr int rows_per_table = 3;
constexpr int attempts_per_row = 40;

struct Column {
  int number = 0;
  std::string name;  ///< quoted
  std::string type;  ///< as format_type prints it
  std::string base;  ///< the same of the type below all domains, without modifier
  char category = 'U';
  bool is_enum = false;
  bool not_null = false;
  bool has_default = false;
  std::vector<std::string> labels;    ///< of an enum
  std::vector<std::string> literals;  ///< of what its values must satisfy, as they stand in SQL
  std::vector<std::string> checks;    ///< expressions over it alone that must not be false
};

struct ForeignKey {
  std::string referenced;                            ///< quoted and qualified
  std::vector<std::pair<int, std::string>> columns;  ///< number of ours, quoted name of theirs
};

struct Table {
  std::string name;
  std::vector<Column> columns;
  std::vector<ForeignKey> foreign_keys;
};

using Tables = std::map<std::string, Table>;  // by oid

constexpr const char* ours =
    " n.nspname NOT IN ('pg_catalog', 'information_schema', 'segue', 'segue_retained')"
    " AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'"
    " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass"
    " AND e.objid = c.oid AND e.deptype = 'e')";

std::vector<std::string> literals_in(const std::string& sql) {
  std::vector<std::string> found;
  for (const sql::Token& token : sql::tokens(sql)) {
    if (token.kind == sql::TokenKind::string) found.emplace_back(token.text);
    if (token.kind == sql::TokenKind::number) found.push_back("'" + std::string(token.text) + "'");
  }
  return found;
}

// -- what must be filled ----------------------------------------------------------------------------------------------

/// Columns that an INSERT may give a value: of tables, and not of their partitions where rows are led there.
Status read_columns(Session& session, Tables& tables) {
  const Result<Rows> rows = session.query(
      std::string(
          "SELECT c.oid, n.nspname, c.relname, a.attnum, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),"
          " pg_catalog.format_type(b.oid, NULL), b.typcategory, b.typtype = 'e', a.attnotnull OR t.typnotnull,"
          " a.atthasdef, (SELECT pg_catalog.array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e"
          " WHERE e.enumtypid = b.oid), (SELECT pg_catalog.string_agg(pg_catalog.pg_get_constraintdef(k.oid), ' ')"
          " FROM pg_catalog.pg_constraint k WHERE k.contype = 'c' AND (k.contypid = t.oid OR k.conrelid = c.oid AND"
          " a.attnum = ANY (k.conkey))), (SELECT pg_catalog.string_agg(pg_catalog.pg_get_expr(p.relpartbound, p.oid),"
          " ' ') FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhrelid WHERE i.inhparent ="
          " c.oid AND p.relispartition), (SELECT pg_catalog.array_agg(pg_catalog.pg_get_expr(k.conbin, k.conrelid)) "
          "FROM"
          " pg_catalog.pg_constraint k WHERE k.contype = 'c' AND k.conrelid = c.oid AND k.conkey = ARRAY[a.attnum])"
          " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
          " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
          " CROSS JOIN LATERAL (WITH RECURSIVE below AS (SELECT t.oid, t.typbasetype UNION ALL SELECT u.oid,"
          " u.typbasetype FROM below JOIN pg_catalog.pg_type u ON u.oid = below.typbasetype)"
          " SELECT u.* FROM below JOIN pg_catalog.pg_type u ON u.oid = below.oid WHERE below.typbasetype = 0) b"
          " WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attidentity = '' AND a.attgenerated = ''"
          " AND") +
      ours + " ORDER BY c.oid, a.attnum");
  if (!rows) return rows.failure();
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto cell = [&](std::size_t column) { return rows->at(i, column).value_or(""); };
    Table& table = tables[cell(0)];
    table.name = quote_qualified(cell(1), cell(2));
    Column column;
    column.number = static_cast<int>(rows->number(i, 3));
    column.name = quote_identifier(cell(4));
    column.type = cell(5);
    column.base = cell(6);
    column.category = cell(7).empty() ? 'U' : cell(7).front();
    column.is_enum = cell(8) == "t";
    column.not_null = cell(9) == "t";
    column.has_default = cell(10) == "t";
    column.labels = parse_array(cell(11));
    column.literals = literals_in(cell(12) + " " + cell(13));
    column.checks = parse_array(cell(14));
    table.columns.push_back(std::move(column));
  }
  return done();
}

Status read_foreign_keys(Session& session, Tables& tables) {
  const Result<Rows> rows = session.query(
      "SELECT k.oid, k.conrelid, n.nspname, r.relname, k.conkey[i], f.attname FROM pg_catalog.pg_constraint k"
      " CROSS JOIN LATERAL pg_catalog.generate_subscripts(k.conkey, 1) i JOIN pg_catalog.pg_class r ON r.oid ="
      " k.confrelid JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace JOIN pg_catalog.pg_attribute f ON"
      " f.attrelid = r.oid AND f.attnum = k.confkey[i] WHERE k.contype = 'f' ORDER BY k.oid, i");
  if (!rows) return rows.failure();
  std::string last;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto cell = [&](std::size_t column) { return rows->at(i, column).value_or(""); };
    const auto table = tables.find(cell(1));
    if (table == tables.end()) continue;
    std::vector<ForeignKey>& keys = table->second.foreign_keys;
    if (cell(0) != last) keys.push_back({quote_qualified(cell(2), cell(3)), {}});
    last = cell(0);
    keys.back().columns.emplace_back(static_cast<int>(rows->number(i, 4)), quote_identifier(cell(5)));
  }
  // a column of several keys follows the narrowest: of a wider one the other columns can often be NULL
  for (auto& [oid, table] : tables) {
    std::stable_sort(table.foreign_keys.begin(), table.foreign_keys.end(),
                     [](const ForeignKey& a, const ForeignKey& b) { return a.columns.size() < b.columns.size(); });
  }
  return done();
}

// -- values -----------------------------------------------------------------------------------------------------------

/// A text of which the type makes a value, another one for each row.
std::string text_for(const Column& column, int row) {
  const std::string n = std::to_string(row + 1);
  static const std::map<std::string, std::string> by_type = {
      {"uuid", "00000000-0000-4000-8000-00000000000#"},
      {"json", R"({"n": #})"},
      {"jsonb", R"({"n": #})"},
      {"xml", "<n>#</n>"},
      {"bytea", "\\x0#"},
      {"point", "(#,#)"},
      {"box", "(0,0),(#,#)"},
      {"circle", "<(0,0),#>"},
      {"line", "{1,2,#}"},
      {"lseg", "[(0,0),(1,#)]"},
      {"path", "[(0,0),(1,#)]"},
      {"polygon", "((0,0),(1,1),(1,#))"},
      {"macaddr", "08:00:2b:01:02:0#"},
      {"macaddr8", "08:00:2b:01:02:03:04:0#"},
      {"pg_lsn", "0/#"},
      {"interval", "# hours"},
      {"inet", "10.0.0.#"},
      {"cidr", "10.0.#.0/24"},
  };
  const auto known = by_type.find(column.base);
  std::string text = known != by_type.end()   ? known->second
                     : column.category == 'N' ? "#"
                     : column.category == 'D' ? "2020-01-0# 10:0#:00"
                     : column.category == 'B' ? (row % 2 == 0 ? "true" : "false")
                     : column.category == 'V' ? (row % 2 == 0 ? "1" : "0")
                     : column.category == 'A' ? "{}"
                     : column.category == 'R' ? "empty"
                     : column.category == 'S' ? std::string(1, static_cast<char>('a' + row % 26)) + "#"
                                              : "#";
  for (std::size_t at = text.find('#'); at != std::string::npos; at = text.find('#', at + n.size()))
    text.replace(at, 1, n);
  return text;
}

/// Shapes that checks of texts ask for: a name, an address, a link, a code, digits.
std::vector<std::string> shapes_of_text(int row) {
  const std::string n = std::to_string(row + 1);
  const std::string letter(1, static_cast<char>('A' + row % 26));
  return {"'name_" + n + "'",
          "'row" + n + "@example.org'",
          "'https://example.org/" + n + "'",
          "'AB" + letter + "'",
          "'A" + letter + "'",
          "'978000000000" + n + "'",
          "'/path/" + n + "'",
          "'" + n + ".0.0'",
          "pg_catalog.md5('" + n + "')",
          "'ab-" + letter + n + "'"};
}

/// What may do for a column, the likeliest first. Explicit casts cut what is too long.
std::vector<std::string> candidates_for(const Column& column, int row) {
  std::vector<std::string> found;
  const auto add = [&](const std::string& literal) { found.push_back("CAST(" + literal + " AS " + column.type + ")"); };
  for (std::size_t i = 0; i < column.labels.size(); ++i)
    add(quote_literal(column.labels[(i + static_cast<std::size_t>(row)) % column.labels.size()]));
  if (!column.is_enum) add(quote_literal(text_for(column, row)));
  for (const std::string& literal : column.literals) add(literal);
  if (column.category == 'S' || column.base == "citext")
    for (const std::string& shape : shapes_of_text(row)) add(shape);
  if (column.has_default) found.insert(found.begin(), "DEFAULT");
  if (!column.not_null) found.emplace_back("NULL");
  return found;
}

/// Those that the type takes, and that no check of the column alone refuses.
std::vector<std::string> fitting(Session& session, const Column& column, std::vector<std::string> candidates) {
  std::string condition = "true";
  for (const std::string& check : column.checks) condition += " AND (" + check + ") IS NOT FALSE";
  std::erase_if(candidates, [&](const std::string& candidate) {
    if (candidate == "DEFAULT" || candidate == "NULL") return false;
    const Result<Rows> rows =
        session.query("SELECT " + condition + " FROM (SELECT " + candidate + " AS " + column.name + ") t");
    return !rows || rows->at(0, 0) != "t";
  });
  return candidates;
}

/// Numbers that look like chance and are the same every time.
class Dice {
 public:
  std::size_t operator()(std::size_t sides) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state_ >> 33U) % sides);
  }

 private:
  std::uint64_t state_ = 20150108;
};

/// A row of what a foreign key refers to, another one for each of ours.
std::string referenced_value(const ForeignKey& key, const std::string& column, int row) {
  return "(SELECT " + column + " FROM " + key.referenced + " ORDER BY 1 OFFSET " + std::to_string(row) +
         " % GREATEST((SELECT pg_catalog.count(*) FROM " + key.referenced + "), 1) LIMIT 1)";
}

/// Where a column refers to another table, the value of a row there; absent where it refers to none.
std::optional<std::string> reference(const Table& table, const Column& column, int row, bool first) {
  for (const ForeignKey& key : table.foreign_keys) {
    for (const auto& [number, theirs] : key.columns) {
      if (number != column.number) continue;
      return first || column.not_null ? referenced_value(key, theirs, row) : "NULL";
    }
  }
  return std::nullopt;
}

/// Tries the likeliest values, then what fits each column, thrown together. The server's reason; empty once it is in.
std::string insert_row(Session& session, const Table& table, int row, Dice& dice) {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> candidates;
  for (const Column& column : table.columns) {
    names.push_back(column.name);
    candidates.push_back(candidates_for(column, row));
  }
  std::string why;
  for (int attempt = 0; attempt < attempts_per_row; ++attempt) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (attempt == 1) candidates[i] = fitting(session, table.columns[i], std::move(candidates[i]));
      const std::optional<std::string> referring = reference(table, table.columns[i], row, attempt < 2);
      values.push_back(referring               ? *referring
                       : candidates[i].empty() ? "NULL"
                       : attempt < 2           ? candidates[i].front()
                                               : candidates[i][dice(candidates[i].size())]);
    }
    const Result<Rows> inserted =
        session.query("INSERT INTO " + table.name + " (" + join(names, ", ") + ") VALUES (" + join(values, ", ") + ")");
    if (inserted) return {};
    why = inserted.error().what;
  }
  return why;
}

/// The server's reason why there is no row at all; empty where there are some.
std::string fill(Session& session, const Table& table) {
  Dice dice;
  for (int row = 0; row < rows_per_table; ++row) {
    std::string why = insert_row(session, table, row, dice);
    if (!why.empty()) return row == 0 ? why : "";
  }
  return {};
}

}  // namespace

Result<std::vector<Refused>> fill_tables(Session& session) {
  Tables tables;
  Status status = read_columns(session, tables);
  if (status) status = read_foreign_keys(session, tables);
  if (!status) return status.failure();
  std::vector<const Table*> waiting;
  for (const auto& [oid, table] : tables) waiting.push_back(&table);
  std::vector<Refused> refused;
  // what refers to an empty table gets its rows in a later round
  for (std::size_t before = waiting.size() + 1; !waiting.empty() && waiting.size() < before;) {
    before = waiting.size();
    refused.clear();
    std::vector<const Table*> still;
    for (const Table* table : waiting) {
      const std::string why = fill(session, *table);
      if (why.empty()) continue;
      refused.push_back({table->name, why});
      still.push_back(table);
    }
    waiting = std::move(still);
  }
  return refused;
}

Result<std::map<std::string, TableContent>> read_contents(Session& session) {
  const Result<Rows> relations = session.query(
      std::string("SELECT n.nspname, c.relname, (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', '"
                  " ORDER BY a.attname) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0"
                  " AND NOT a.attisdropped), c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid ="
                  " c.relnamespace WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated) AND") +
      ours);
  if (!relations) return relations.failure();
  std::map<std::string, TableContent> contents;
  for (std::size_t i = 0; i < relations->size(); ++i) {
    const std::string name = quote_qualified(relations->text(i, 0), relations->text(i, 1));
    const std::string columns(relations->text(i, 2));
    const Result<Rows> rows = session.query(
        "SELECT pg_catalog.count(*), coalesce(pg_catalog.md5(pg_catalog.string_agg(r, E'\\n' ORDER BY r COLLATE"
        " pg_catalog.\"C\")), '') FROM (SELECT CAST(ROW(" +
        columns + ") AS text) AS r FROM ONLY " + name + ") all_rows");
    if (!rows) return rows.failure();
    contents[name] = {rows->number(0, 0), rows->at(0, 1).value_or(""), relations->at(i, 3).value_or("")};
  }
  return contents;
}

}  // namespace segue::trial
