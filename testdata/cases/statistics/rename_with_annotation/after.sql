CREATE TABLE t (a integer, b text, c numeric);
-- @renamed from=old_s
CREATE STATISTICS s ON a, b FROM t;
