CREATE TABLE t (b text, c numeric, a integer);
ALTER TABLE t ADD CHECK (a > 0);
CREATE INDEX ON t (b, a);
CREATE POLICY p ON t USING (a = 1);
CREATE STATISTICS s ON b, a FROM t;
CREATE VIEW v AS SELECT a, b FROM t;
