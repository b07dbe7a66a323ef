CREATE TYPE pair AS (a integer, b integer);
CREATE FUNCTION one(p pair) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
CREATE FUNCTION two(p pair) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 2 $$;
CREATE CAST (pair AS integer) WITH FUNCTION one(pair);
