CREATE TABLE t (
  a int4range,
  b int4range,
  EXCLUDE USING gist (a WITH &&) INCLUDE (b) WITH (fillfactor = 70) WHERE (NOT isempty(a)) DEFERRABLE,
  EXCLUDE USING gist (a WITH &&, int4range(1, 2) WITH &&, (b * a) WITH &&)
);
COMMENT ON INDEX t_a_b_excl IS 'kept';
CREATE TABLE u (LIKE t INCLUDING ALL);
CREATE TABLE v (c integer, LIKE t INCLUDING INDEXES);
