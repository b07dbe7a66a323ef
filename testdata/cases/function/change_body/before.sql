CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT a + 1 $$;
CREATE TABLE t (id integer DEFAULT f(1));
