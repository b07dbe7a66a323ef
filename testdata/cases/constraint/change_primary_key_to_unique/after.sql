CREATE TABLE t (a integer NOT NULL, UNIQUE (a));
