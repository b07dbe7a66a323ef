CREATE TABLE t (v text, w text);
COMMENT ON COLUMN t.v IS 'new';
COMMENT ON COLUMN t.w IS E'tab\there';
