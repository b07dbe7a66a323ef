CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql RETURN a + 1;
