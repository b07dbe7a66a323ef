CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET search_path = pg_catalog, "My Schema" SET statement_timeout = 500 AS $$ SELECT 1 $$;
