-- Attributes of types and routines that no case folder sets.
CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE COLLATION mixed (lc_collate = 'C', lc_ctype = 'POSIX');

CREATE TYPE canonical_range;
CREATE FUNCTION make_canonical(canonical_range) RETURNS canonical_range LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE canonical_range AS RANGE (subtype = integer, subtype_diff = int4range_subdiff, canonical = make_canonical);
CREATE TYPE pattern_range AS RANGE (subtype = text, subtype_opclass = text_pattern_ops);

CREATE FUNCTION compare_in_c(text, text) RETURNS integer LANGUAGE c IMMUTABLE AS '$libdir/citext', 'citext_cmp';
CREATE PROCEDURE run_in_c() LANGUAGE c AS '$libdir/citext', 'citext_cmp';

CREATE TRANSFORM FOR integer LANGUAGE plpgsql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE FUNCTION transformed(a integer) RETURNS integer LANGUAGE plpgsql TRANSFORM FOR TYPE integer AS 'BEGIN RETURN a; END';
CREATE PROCEDURE transformed_too(a integer) LANGUAGE plpgsql TRANSFORM FOR TYPE integer AS 'BEGIN END';

CREATE FUNCTION same(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = same, NEGATOR = !==, HASHES, MERGES, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE FUNCTION not_same(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <> $2';
CREATE OPERATOR !== (LEFTARG = text, RIGHTARG = text, FUNCTION = not_same, NEGATOR = ===);

CREATE FUNCTION last_of(integer[], integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1[1]';
CREATE AGGREGATE parallel_average(bigint) (
  SFUNC = int8_avg_accum, STYPE = internal, FINALFUNC = numeric_poly_avg,
  COMBINEFUNC = int8_avg_combine, SERIALFUNC = int8_avg_serialize, DESERIALFUNC = int8_avg_deserialize, PARALLEL = SAFE);
CREATE FUNCTION add_one(integer[], integer) RETURNS integer[] LANGUAGE sql IMMUTABLE AS 'SELECT $1 || $2';
CREATE FUNCTION take_one(integer[], integer) RETURNS integer[] LANGUAGE sql IMMUTABLE AS 'SELECT $1[2:]';
CREATE AGGREGATE last_in_window(integer) (
  SFUNC = add_one, STYPE = integer[], FINALFUNC = last_of, FINALFUNC_EXTRA,
  MSFUNC = add_one, MINVFUNC = take_one, MSTYPE = integer[], MFINALFUNC = last_of, MFINALFUNC_EXTRA);

-- Other values of what elsewhere has one.
CREATE AGGREGATE joined(VARIADIC integer[]) (SFUNC = array_cat, STYPE = integer[]);
CREATE AGGREGATE plain(integer[]) (SFUNC = array_cat, STYPE = integer[]);
CREATE FUNCTION noticed() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION noticed();
CREATE EVENT TRIGGER sleeping ON ddl_command_end EXECUTE FUNCTION noticed();
ALTER EVENT TRIGGER sleeping DISABLE;
CREATE TYPE pair AS (a integer, b integer);
CREATE FUNCTION hash_pair(pair) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1.a # $1.b';
CREATE OPERATOR CLASS pairs DEFAULT FOR TYPE pair USING hash AS FUNCTION 1 hash_pair(pair);
CREATE TYPE triple AS (first integer, second text, third date);
