CREATE TABLE t (id integer);
CREATE FUNCTION f(a integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT a::bigint $$;
CREATE VIEW v AS SELECT f(id) AS x FROM t;
CREATE INDEX t_f ON t (f(id));
