CREATE TABLE base (id integer);
CREATE TABLE t (id integer, v text);
CREATE FUNCTION t_count(integer) RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT count(*) FROM t WHERE id = $1; END;
CREATE TABLE u (n bigint DEFAULT t_count(1));
CREATE VIEW w AS SELECT t_count(id) AS c FROM t;
