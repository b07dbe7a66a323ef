CREATE TYPE place AS (a integer, b text, c integer);
CREATE TABLE t (k integer PRIMARY KEY, p place);
CREATE VIEW v AS SELECT k, (p).c AS c FROM t;
