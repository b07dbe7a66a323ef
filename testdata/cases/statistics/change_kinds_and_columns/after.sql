CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS st (dependencies, mcv) ON a, b, c FROM t;
