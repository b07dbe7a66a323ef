CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
CREATE TABLE t (a integer CHECK (f(a) > 0));
CREATE INDEX ON t (f(a));
CREATE STATISTICS s ON a, (f(a)) FROM t;
