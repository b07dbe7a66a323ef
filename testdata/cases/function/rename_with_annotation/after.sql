-- @renamed from=f
CREATE FUNCTION g(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a $$;
