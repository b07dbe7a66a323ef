CREATE TABLE t (id integer, v text) WITH (toast.autovacuum_enabled = true, toast.vacuum_truncate = false);
