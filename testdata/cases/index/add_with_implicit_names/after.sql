CREATE TABLE t (a integer, b text, c text);
CREATE INDEX ON t (a);
CREATE INDEX ON t (a, b);
CREATE INDEX ON t (lower(b));
CREATE INDEX ON t (lower(b), (a + 1));
CREATE INDEX ON t ((b || c));
CREATE UNIQUE INDEX ON t (a);
