CREATE TYPE comp AS (
  -- @renamed from=a
  z integer, b text);
CREATE TABLE t (c comp, d comp[], CHECK ((c).z > 0));
CREATE VIEW v AS SELECT (t.c).z AS v, (t.d[1]).z + 1 as w FROM t;
CREATE INDEX i ON t (((c).z));
