CREATE TABLE t (a integer);
CREATE INDEX t_a ON t (a);
COMMENT ON INDEX t_a IS 'for the list';
