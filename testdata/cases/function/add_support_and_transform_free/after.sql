CREATE TABLE t (id integer);
CREATE FUNCTION series(integer, integer) RETURNS SETOF integer LANGUAGE internal STRICT IMMUTABLE ROWS 20 SUPPORT generate_series_int4_support AS 'generate_series_int4';
