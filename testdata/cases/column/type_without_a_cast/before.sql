CREATE TABLE t (id uuid PRIMARY KEY, tags text[] NOT NULL, on_day date, v integer);
CREATE VIEW w AS SELECT id, tags FROM t;
COMMENT ON COLUMN t.tags IS 'words';
