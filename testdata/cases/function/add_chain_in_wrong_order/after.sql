CREATE TABLE t (id integer);
SET check_function_bodies = off;
CREATE FUNCTION a() RETURNS integer LANGUAGE sql AS $$ SELECT b() $$;
CREATE FUNCTION b() RETURNS integer LANGUAGE sql AS $$ SELECT max(id) FROM u $$;
CREATE TABLE u (id integer);
