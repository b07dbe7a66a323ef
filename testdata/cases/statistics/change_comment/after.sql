CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS st ON a, b FROM t;
COMMENT ON STATISTICS st IS 'they go together';
