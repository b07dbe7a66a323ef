CREATE TABLE keys (name text) WITH (autovacuum_vacuum_threshold = 9, fillfactor = 90);
CREATE VIEW open_keys WITH (security_invoker = true, security_barrier = true) AS SELECT name FROM keys;
CREATE INDEX keys_name ON keys (name) WITH (fillfactor = 70, deduplicate_items = off);
