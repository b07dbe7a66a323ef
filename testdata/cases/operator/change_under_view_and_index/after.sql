CREATE FUNCTION f(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 > $2 $$;
CREATE OPERATOR ## (LEFTARG = integer, RIGHTARG = integer, FUNCTION = f, RESTRICT = scalargtsel);
CREATE TABLE t (a integer, b integer);
CREATE VIEW v AS SELECT a ## b AS x FROM t;
CREATE INDEX i ON t ((a ## b));
