CREATE TABLE t (id integer, v text) WITH (fillfactor = 70, autovacuum_enabled = false);
