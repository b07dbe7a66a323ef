CREATE TABLE t (v text, w text);
COMMENT ON COLUMN t.v IS 'old';
