CREATE FUNCTION f(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 > $2 $$;
CREATE OPERATOR ## (LEFTARG = integer, RIGHTARG = integer, FUNCTION = f);
COMMENT ON OPERATOR ## (integer, integer) IS 'one';
