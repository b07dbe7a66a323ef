CREATE TABLE t (id integer);
COMMENT ON LANGUAGE plpgsql IS 'procedural';
COMMENT ON FUNCTION pg_catalog.pg_sleep(double precision) IS 'waits';
ALTER LANGUAGE plpgsql OWNER TO CURRENT_USER;
