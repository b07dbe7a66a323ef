CREATE TABLE t (id integer, v text) WITH (toast.autovacuum_enabled = false);
