CREATE TABLE t (id integer, v text);
CREATE VIEW w WITH (security_invoker = true, security_barrier) AS SELECT id FROM t;
GRANT SELECT ON w TO app_reader;
