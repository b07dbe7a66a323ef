CREATE TABLE t (a integer, b text, c numeric);
CREATE STATISTICS s ON a, (a + 1) FROM t;
