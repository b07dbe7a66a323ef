CREATE TABLE t (a integer, b text, c numeric);
CREATE STATISTICS s ON a, (c * 2) FROM t;
