CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql STABLE AS $$ SELECT a + 1 $$;
