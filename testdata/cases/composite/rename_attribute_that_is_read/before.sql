CREATE TYPE comp AS (
  -- @renamed from=z
  a integer, b text);
CREATE TABLE t (c comp, d comp[], CHECK ((c).a > 0));
CREATE VIEW v AS SELECT (t.c).a AS v, (t.d[1]).a + 1 as w FROM t;
CREATE INDEX i ON t (((c).a));
