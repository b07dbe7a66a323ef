CREATE TABLE t (a integer);
CREATE INDEX stays ON t (a) WHERE a > 1;
