CREATE FUNCTION minus(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT -a';
CREATE FUNCTION minus_twice(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT -2 * a';
CREATE OPERATOR !!! (FUNCTION = minus, RIGHTARG = integer);
COMMENT ON OPERATOR !!! (NONE, integer) IS 'negative';
