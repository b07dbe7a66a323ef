CREATE TABLE t (a integer, b text, c numeric);
CREATE STATISTICS old_s ON a, b FROM t;
