CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT a + 2 $$;
CREATE TABLE t (id integer DEFAULT f(1));
