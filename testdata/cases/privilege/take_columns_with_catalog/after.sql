CREATE TABLE t (id integer);
REVOKE SELECT ON pg_catalog.pg_subscription FROM PUBLIC;
GRANT SELECT (prosrc) ON pg_proc TO app_reader;
REVOKE SELECT ON pg_proc FROM PUBLIC, app_reader;
