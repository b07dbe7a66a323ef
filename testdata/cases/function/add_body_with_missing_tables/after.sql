CREATE TABLE t (id integer);
SET check_function_bodies = false;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT count(*)::integer FROM later_to_come $$;
