CREATE TABLE t (a integer, v tsvector);
CREATE INDEX t_a ON t (a) WITH (fillfactor = 90, deduplicate_items = off);
CREATE INDEX t_v ON t USING gin (v) WITH (fastupdate = off);
