CREATE TABLE t (a integer, b text);
CREATE UNIQUE INDEX j ON t (b) WHERE a > 0;
