CREATE TABLE t (id integer, v text);
CREATE MATERIALIZED VIEW m WITH (autovacuum_enabled = false) AS SELECT id FROM t;
