CREATE TYPE pair;
CREATE FUNCTION pair_in(cstring) RETURNS pair LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION pair_out(pair) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE public.pair (INTERNALLENGTH = 16, INPUT = public.pair_in, OUTPUT = public.pair_out,
  SUBSCRIPT = raw_array_subscript_handler, ELEMENT = double precision, ALIGNMENT = double, STORAGE = plain);
