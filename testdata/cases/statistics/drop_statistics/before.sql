CREATE TABLE t (a integer, b text, c numeric);
CREATE STATISTICS s ON a, b FROM t;
