CREATE TABLE t (id bigint PRIMARY KEY, tags jsonb NOT NULL, on_day time, v integer);
CREATE VIEW w AS SELECT id, tags FROM t;
COMMENT ON COLUMN t.tags IS 'words';
