CREATE TABLE t (a integer, UNIQUE (a) WITH (fillfactor = 60));
