CREATE TABLE u (a integer PRIMARY KEY);
CREATE TABLE t (a integer, CONSTRAINT k CHECK (a > 0));
