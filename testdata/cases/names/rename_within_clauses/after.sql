-- @renamed from=pair
CREATE TYPE "two of them" AS (a integer, b integer);
CREATE FUNCTION total("two of them") RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT ($1).a + ($1).b';
CREATE CAST ("two of them" AS integer) WITH FUNCTION total("two of them");
CREATE FUNCTION pair_cmp("two of them", "two of them") RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT public.total($1) - public.total($2)';
CREATE FUNCTION pair_lt("two of them", "two of them") RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT public.pair_cmp($1, $2) < 0';
CREATE OPERATOR <<< (FUNCTION = pair_lt, LEFTARG = "two of them", RIGHTARG = "two of them");
CREATE OPERATOR CLASS by_total FOR TYPE "two of them" USING btree AS OPERATOR 1 <<<, FUNCTION 1 pair_cmp("two of them", "two of them");
-- @renamed from=plain
CREATE TEXT SEARCH DICTIONARY simply (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION search (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION search ADD MAPPING FOR asciiword WITH simply, simple;
