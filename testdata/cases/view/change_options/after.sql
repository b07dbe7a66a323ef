CREATE TABLE t (id integer, v text);
CREATE VIEW w WITH (security_barrier = false, check_option = local) AS SELECT id, v FROM t;
