CREATE TABLE t (id integer);
CREATE FUNCTION my_lower(text) RETURNS text LANGUAGE internal IMMUTABLE STRICT AS 'lower';
