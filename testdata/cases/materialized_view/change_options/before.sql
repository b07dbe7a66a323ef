CREATE TABLE t (id integer, v text);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 50) AS SELECT id FROM t;
