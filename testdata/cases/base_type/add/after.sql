CREATE TABLE t (id integer);
CREATE TYPE int42;
CREATE FUNCTION int42_in(cstring) RETURNS int42 LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION int42_out(int42) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE int42 (INPUT = int42_in, OUTPUT = int42_out, INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4,
  DEFAULT = '42', CATEGORY = 'N', PREFERRED = true, DELIMITER = ';');
COMMENT ON TYPE int42 IS 'an integer';
COMMENT ON FUNCTION int42_in(cstring) IS 'reads one';
CREATE FUNCTION double(int42) RETURNS int42 LANGUAGE internal IMMUTABLE STRICT AS 'int4abs';
CREATE TABLE u (v int42, list int42[], w int42 DEFAULT '7');
CREATE CAST (int42 AS integer) WITHOUT FUNCTION;
CREATE TYPE "Text 42";
CREATE FUNCTION "Text 42_in"(cstring) RETURNS "Text 42" LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION "Text 42_out"("Text 42") RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION "Text 42_recv"(internal) RETURNS "Text 42" LANGUAGE internal IMMUTABLE STRICT AS 'textrecv';
CREATE FUNCTION "Text 42_send"("Text 42") RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'textsend';
CREATE TYPE "Text 42" (INPUT = "Text 42_in", OUTPUT = "Text 42_out", RECEIVE = "Text 42_recv", SEND = "Text 42_send",
  STORAGE = external, COLLATABLE = true);
