CREATE TABLE t (a integer, b integer, c integer);
CREATE UNIQUE INDEX t_a ON t (a);
COMMENT ON INDEX t_a IS 'said';
CREATE UNIQUE INDEX t_b ON t (b);
CREATE UNIQUE INDEX t_c ON t (c DESC);
