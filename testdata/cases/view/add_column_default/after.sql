CREATE TABLE t (id integer, v text);
CREATE VIEW w AS SELECT id, v FROM t;
ALTER VIEW w ALTER COLUMN v SET DEFAULT 'from the view';
