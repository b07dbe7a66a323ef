CREATE TABLE t (b text, c numeric);
CREATE INDEX ON t (b);
CREATE POLICY p ON t USING (b = 'x');
CREATE VIEW v AS SELECT b FROM t;
