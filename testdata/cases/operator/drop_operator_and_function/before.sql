CREATE TABLE t (a integer);
CREATE FUNCTION f(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 > $2 $$;
CREATE OPERATOR ## (LEFTARG = integer, RIGHTARG = integer, FUNCTION = f);
