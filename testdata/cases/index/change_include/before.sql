CREATE TABLE t (a integer, b integer, c integer);
CREATE INDEX t_a ON t (a) INCLUDE (b);
