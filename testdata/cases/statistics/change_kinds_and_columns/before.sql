CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS st (ndistinct) ON a, b FROM t;
