CREATE TYPE pair AS (a integer, b integer);
CREATE FUNCTION one(p pair) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'x' $$;
CREATE CAST (pair AS text) WITH INOUT;
