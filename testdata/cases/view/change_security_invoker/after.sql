CREATE TABLE t (id integer, v text);
CREATE VIEW w WITH (security_invoker = true) AS SELECT id, v FROM t;
