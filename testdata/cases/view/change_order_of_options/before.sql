-- what is set goes behind what stands: pg_dump shows the order
CREATE TABLE keys (name text);
CREATE VIEW open_keys WITH (security_barrier = true) AS SELECT name FROM keys;
CREATE INDEX keys_name ON keys (name) WITH (deduplicate_items = off);
