CREATE TABLE t (id integer);
GRANT EXECUTE ON FUNCTION pg_read_file(text) TO app_reader, app_writer;
GRANT SELECT ON pg_catalog.pg_authid TO app_writer;
REVOKE SELECT ON pg_stat_activity FROM PUBLIC;
REVOKE USAGE ON TYPE pg_catalog.point FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count(), max(integer) TO app_writer;
GRANT CREATE ON SCHEMA pg_catalog TO app_writer;
