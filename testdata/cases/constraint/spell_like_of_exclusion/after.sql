CREATE TABLE t (a int4range, b int4range);
ALTER TABLE t ADD CONSTRAINT t_a_b_excl EXCLUDE USING gist (a WITH &&) INCLUDE (b) WITH (fillfactor = 70)
  WHERE (NOT isempty(a)) DEFERRABLE;
ALTER TABLE t ADD CONSTRAINT t_a_int4range_expr_excl EXCLUDE USING gist (a WITH &&, int4range(1, 2) WITH &&, (b * a) WITH &&);
COMMENT ON INDEX t_a_b_excl IS 'kept';
CREATE TABLE u (a int4range, b int4range);
ALTER TABLE u ADD CONSTRAINT u_a_b_excl EXCLUDE USING gist (a WITH &&) INCLUDE (b) WITH (fillfactor = 70)
  WHERE (NOT isempty(a)) DEFERRABLE;
ALTER TABLE u ADD CONSTRAINT u_a_int4range_expr_excl EXCLUDE USING gist (a WITH &&, int4range(1, 2) WITH &&, (b * a) WITH &&);
COMMENT ON INDEX u_a_b_excl IS 'kept';
CREATE TABLE v (c integer, a int4range, b int4range);
ALTER TABLE v ADD CONSTRAINT v_a_b_excl EXCLUDE USING gist (a WITH &&) INCLUDE (b) WITH (fillfactor = 70)
  WHERE (NOT isempty(a)) DEFERRABLE;
ALTER TABLE v ADD CONSTRAINT v_a_int4range_expr_excl EXCLUDE USING gist (a WITH &&, int4range(1, 2) WITH &&, (b * a) WITH &&);
