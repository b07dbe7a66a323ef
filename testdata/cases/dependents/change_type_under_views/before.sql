CREATE TABLE t (id integer PRIMARY KEY, v varchar(10));
CREATE VIEW a AS SELECT id, v FROM t;
CREATE VIEW b WITH (security_barrier) AS SELECT a.id, count(*) AS n FROM a GROUP BY a.id;
CREATE VIEW grouped AS SELECT id, v FROM t GROUP BY id;
COMMENT ON VIEW b IS 'stays';
COMMENT ON COLUMN b.n IS 'stays too';
GRANT SELECT ON a TO app_reader;
