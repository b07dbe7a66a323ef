CREATE FUNCTION f(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 > $2 $$;
CREATE OPERATOR ## (LEFTARG = integer, RIGHTARG = integer, FUNCTION = f);
ALTER OPERATOR ## (integer, integer) OWNER TO app_owner;
COMMENT ON OPERATOR ## (integer, integer) IS 'two';
