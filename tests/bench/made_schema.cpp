#include "made_schema.h"

namespace segue::bench {
namespace {

std::string number(int n) { return std::to_string(n); }

/// Every change comes twice, spread over the schema.
struct Changes {
  int tables;
  bool wanted;
  /// Whether object `n` of `count` is one of the two that change number `which` touches.
  bool touches(int which, int n, int count) const {
    return wanted && (n == which % count || n == (count / 2 + which) % count);
  }
};

std::string enum_type(int n, const Changes& changes, int count) {
  const std::string more = changes.touches(0, n, count) ? ", 'archived'" : "";
  return "CREATE TYPE state_" + number(n) + " AS ENUM ('new', 'open', 'closed'" + more + ");\n";
}

std::string table(int n, const Changes& changes) {
  const int count = changes.tables;
  const std::string name = "item_" + number(n);
  std::string sql = "CREATE TABLE " + name + " (\n    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n";
  sql += "    tenant_id integer NOT NULL,\n";
  sql += n == 0 ? "    parent_id bigint,\n" : "    parent_id bigint REFERENCES item_" + number(n - 1) + " (id),\n";
  sql += "    name varchar(80) NOT NULL,\n    kind varchar(20) NOT NULL DEFAULT 'plain',\n";
  sql += "    state state_" + number(n / 10) + " NOT NULL DEFAULT 'new',\n";
  sql += "    price numeric(12,2) NOT NULL DEFAULT " + std::string(changes.touches(1, n, count) ? "1" : "0") + ",\n";
  sql +=
      std::string("    quantity ") + (changes.touches(2, n, count) ? "bigint" : "integer") + " NOT NULL DEFAULT 1,\n";
  sql += "    tags text[] NOT NULL DEFAULT '{}',\n    details jsonb,\n";
  sql += "    created_at timestamptz NOT NULL DEFAULT now(),\n    updated_at timestamptz,\n";
  if (changes.touches(3, n, count)) sql += "    remark text,\n";
  sql += "    CONSTRAINT " + name + "_price CHECK (price >= 0 AND quantity > 0),\n";
  const std::string kinds = changes.touches(4, n, count) ? "'plain', 'fancy', 'odd'" : "'plain', 'fancy'";
  sql += "    CONSTRAINT " + name + "_kind CHECK (kind IN (" + kinds + ")),\n";
  sql += "    CONSTRAINT " + name + "_times CHECK (updated_at IS NULL OR updated_at >= created_at)\n);\n";
  sql += "CREATE INDEX " + name + "_name_idx ON " + name + " (tenant_id, lower(name));\n";
  if (!changes.touches(5, n, count)) {
    sql += "CREATE INDEX " + name + "_open_idx ON " + name + " (created_at DESC) WHERE state <> 'closed';\n";
  }
  if (changes.touches(6, n, count)) sql += "CREATE INDEX " + name + "_tags_idx ON " + name + " USING gin (tags);\n";
  return sql;
}

std::string view(int n, const Changes& changes, int count) {
  const std::string item = "item_" + number(n * 10);
  const std::string limit = changes.touches(7, n, count) ? "5" : "2";
  return "CREATE VIEW summary_" + number(n) +
         " AS\n  SELECT i.tenant_id, i.kind, count(*) AS how_many, sum(i.price * " + "i.quantity) AS total\n  FROM " +
         item + " AS i LEFT JOIN item_" + number(n * 10 + 1) +
         " AS j ON j.parent_id = i.id\n  WHERE i.state IN ('new', 'open')\n  GROUP BY i.tenant_id, i.kind\n" +
         "  HAVING count(*) > " + limit + ";\n";
}

std::string function(int n, const Changes& changes, int count) {
  const std::string factor = changes.touches(8, n, count) ? "1.25" : "1.2";
  return "CREATE FUNCTION gross_" + number(n) + "(net numeric, pieces integer DEFAULT 1) RETURNS numeric\n" +
         "  LANGUAGE sql IMMUTABLE AS $$ SELECT round(net * pieces * " + factor + ", 2) $$;\n";
}

std::string schema(const Changes& changes) {
  const int groups = changes.tables / 10;
  std::string sql;
  for (int n = 0; n < groups; ++n) sql += enum_type(n, changes, groups);
  for (int n = 0; n < changes.tables; ++n) sql += table(n, changes);
  for (int n = 0; n < groups; ++n) sql += view(n, changes, groups);
  for (int n = 0; n < groups; ++n) sql += function(n, changes, groups);
  if (changes.wanted) {
    for (const char* name : {"one", "two"}) {
      sql += std::string("CREATE TABLE added_") + name + " (id integer PRIMARY KEY, item_id bigint);\n";
    }
  }
  return sql;
}

}  // namespace

std::string made_schema(int tables) { return schema({tables, false}); }

std::string changed_schema(int tables) { return schema({tables, true}); }

}  // namespace segue::bench
