CREATE FUNCTION compare_downwards(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT b - a';
CREATE OPERATOR >>> (LEFTARG = integer, RIGHTARG = integer, FUNCTION = pg_catalog.int4gt);
CREATE OPERATOR CLASS downwards FOR TYPE integer USING btree AS
  OPERATOR 1 >>>(integer, integer), OPERATOR 3 pg_catalog.=, OPERATOR 5 pg_catalog.<,
  FUNCTION 1 compare_downwards(integer, integer);
CREATE TYPE span AS RANGE (SUBTYPE = integer, SUBTYPE_OPCLASS = downwards);
CREATE TABLE bucket (n integer) PARTITION BY RANGE (n downwards);
