CREATE TABLE visit (id bigint PRIMARY KEY, place jsonb) WITH (toast.autovacuum_vacuum_threshold = 9, fillfactor = 90);
