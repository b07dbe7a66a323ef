CREATE TABLE u (a integer, b integer);
CREATE UNIQUE INDEX i ON u (a) INCLUDE (b);
CREATE TABLE t (a integer REFERENCES u (a));
