CREATE TABLE t (a integer);
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;
GRANT SELECT ON t TO app_reader;
