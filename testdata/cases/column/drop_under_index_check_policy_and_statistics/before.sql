CREATE TABLE t (a integer, b text, c numeric);
ALTER TABLE t ADD CHECK (a > 0);
CREATE INDEX ON t (b, a);
CREATE POLICY p ON t USING (a = 1);
CREATE STATISTICS s ON a, b FROM t;
CREATE VIEW v AS SELECT a, b FROM t;
