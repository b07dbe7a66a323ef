CREATE TABLE t (id integer, v text);
CREATE VIEW w WITH (security_barrier) AS SELECT id, v FROM t;
