CREATE FUNCTION f(s integer, a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT s + a $$;
CREATE FUNCTION g(s integer, a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT s * a $$;
CREATE AGGREGATE total (integer) (SFUNC = f, STYPE = integer, PARALLEL = SAFE);
