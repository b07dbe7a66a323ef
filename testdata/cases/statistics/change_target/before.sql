CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS st ON a, b FROM t;
