CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS st ON (a % 10), lower(c) FROM t;
