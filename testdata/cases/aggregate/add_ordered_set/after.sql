CREATE TABLE t (id integer);
CREATE FUNCTION middle_final(internal, float8) RETURNS float8 LANGUAGE internal IMMUTABLE AS 'percentile_cont_float8_final';
CREATE AGGREGATE middle(float8 ORDER BY float8) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = middle_final);
