CREATE TABLE t (id integer, v text, at timestamptz);
CREATE VIEW w AS SELECT id, v FROM t WHERE v IN ('a', 'b') AND NOT (id = 4 OR at < now());
