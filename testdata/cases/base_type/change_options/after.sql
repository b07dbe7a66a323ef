CREATE TYPE int42;
CREATE FUNCTION int42_in(cstring) RETURNS int42 LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION int42_out(int42) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE FUNCTION int42_send(int42) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'int4send';
CREATE FUNCTION int42_recv(internal) RETURNS int42 LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
CREATE FUNCTION int42_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
CREATE FUNCTION int42_typmod_out(integer) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodout';
CREATE FUNCTION int42_analyze(internal) RETURNS boolean LANGUAGE internal STRICT AS 'range_typanalyze';
CREATE TYPE int42 (INPUT = int42_in, OUTPUT = int42_out, INTERNALLENGTH = 4, PASSEDBYVALUE);
ALTER TYPE int42 SET (SEND = int42_send, RECEIVE = int42_recv, TYPMOD_IN = int42_typmod_in,
  TYPMOD_OUT = int42_typmod_out, ANALYZE = int42_analyze);
CREATE TABLE t (v int42);
