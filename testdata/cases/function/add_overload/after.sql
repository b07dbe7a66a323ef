CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION f(a text) RETURNS integer LANGUAGE sql AS $$ SELECT 2 $$;
CREATE FUNCTION f(a integer, b integer) RETURNS integer LANGUAGE sql AS $$ SELECT 3 $$;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 4 $$;
COMMENT ON FUNCTION f(integer) IS 'the first';
