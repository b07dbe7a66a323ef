CREATE TABLE t (id integer);
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a $$;
CREATE VIEW v AS SELECT f(id) AS x FROM t;
CREATE INDEX t_f ON t (f(id));
