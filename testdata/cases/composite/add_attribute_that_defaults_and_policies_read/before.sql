CREATE TYPE c AS (a integer);
CREATE TABLE t (id integer, y c DEFAULT row(1)::c);
CREATE POLICY p ON t USING ((y).a > 0);
CREATE VIEW v AS SELECT id, (y).a AS part FROM t;
