CREATE TABLE t (a bigint);
CREATE VIEW v AS SELECT a FROM t;
CREATE INDEX i ON t ((a + 1));
CREATE POLICY p ON t USING (a > 0);
COMMENT ON VIEW v IS 'a view';
COMMENT ON COLUMN v.a IS 'its column';
COMMENT ON INDEX i IS 'an index';
COMMENT ON POLICY p ON t IS 'a policy';
