CREATE TYPE txt;
CREATE FUNCTION txt_in(cstring) RETURNS txt LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION txt_out(txt) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE txt (INPUT = txt_in, OUTPUT = txt_out, STORAGE = plain);
COMMENT ON TYPE txt IS 'text';
CREATE FUNCTION same(txt) RETURNS txt LANGUAGE sql AS 'SELECT $1';
