CREATE TYPE pair AS (a integer, b integer);
CREATE CAST (pair AS text) WITH INOUT;
CREATE TABLE t (p pair);
CREATE VIEW v AS SELECT p::text AS s FROM t;
