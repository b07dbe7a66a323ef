CREATE TABLE u (a integer PRIMARY KEY);
CREATE TABLE t (a integer REFERENCES u, b integer);
