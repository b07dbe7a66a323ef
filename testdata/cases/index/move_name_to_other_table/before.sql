CREATE TABLE s (a integer);
CREATE TABLE t (a integer);
CREATE INDEX i ON s (a);
