CREATE TYPE c AS (a integer, b integer);
CREATE TABLE t (id integer, y c DEFAULT row(1, 2)::c);
CREATE POLICY p ON t USING ((y).b > 0);
CREATE VIEW v AS SELECT id, (y).b AS part FROM t;
