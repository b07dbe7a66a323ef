CREATE UNLOGGED TABLE visit (id bigint PRIMARY KEY, place inet)
  WITH (toast.autovacuum_vacuum_threshold = 9, fillfactor = 90);
