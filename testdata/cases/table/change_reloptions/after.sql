CREATE TABLE t (id integer, v text) WITH (fillfactor = 80, parallel_workers = 2);
