CREATE TABLE t (a integer);
CREATE VIEW v WITH (security_barrier=true) AS SELECT a FROM t;
CREATE VIEW w WITH (security_barrier=yes) AS SELECT a FROM t;
