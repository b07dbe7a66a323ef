CREATE TABLE t (id integer);
CREATE VIEW w AS SELECT id FROM t;
COMMENT ON VIEW w IS 'seen';
COMMENT ON COLUMN w.id IS 'of the view';
