CREATE TABLE t (id integer PRIMARY KEY, v text);
CREATE VIEW w AS SELECT id, upper(v) AS u FROM t WHERE id > 3;
