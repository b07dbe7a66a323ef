CREATE TABLE t (a integer, CONSTRAINT k CHECK (a > 0));
