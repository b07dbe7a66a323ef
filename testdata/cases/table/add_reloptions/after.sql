CREATE TABLE t (id integer, v text) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
