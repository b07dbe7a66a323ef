CREATE TABLE t (a integer);
CREATE VIEW v WITH (security_barrier=on) AS SELECT a FROM t;
CREATE VIEW w WITH (security_barrier) AS SELECT a FROM t;
