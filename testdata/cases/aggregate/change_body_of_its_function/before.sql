CREATE FUNCTION f(s integer, a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT s + a $$;
CREATE AGGREGATE total (integer) (SFUNC = f, STYPE = integer);
CREATE TABLE t (a integer);
CREATE VIEW v AS SELECT total(a) AS n FROM t;
