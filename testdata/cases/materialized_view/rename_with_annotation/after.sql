CREATE TABLE t (a integer);
-- @renamed from=old_m
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE INDEX i ON m (a);
