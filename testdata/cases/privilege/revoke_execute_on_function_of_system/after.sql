CREATE TABLE t (id integer);
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_sleep(float8) TO app_reader;
REVOKE ALL ON FUNCTION pg_stat_reset() FROM app_reader;
