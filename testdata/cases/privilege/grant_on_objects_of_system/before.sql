CREATE TABLE t (id integer);
GRANT EXECUTE ON FUNCTION pg_read_file(text) TO app_reader;
GRANT SELECT ON pg_catalog.pg_authid TO app_reader WITH GRANT OPTION;
REVOKE USAGE ON SCHEMA pg_catalog FROM PUBLIC;
GRANT USAGE ON SCHEMA pg_catalog TO PUBLIC, app_reader;
