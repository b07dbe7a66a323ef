CREATE FUNCTION f(a integer, OUT b integer) LANGUAGE sql IMMUTABLE AS $$ SELECT a $$;
CREATE FUNCTION f(a text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
COMMENT ON FUNCTION f(integer) IS 'numbers';
COMMENT ON FUNCTION f(text) IS 'words';
