-- Attributes of extensions and foreign data wrappers that no case folder sets.
CREATE EXTENSION earthdistance VERSION '1.1' CASCADE;
CREATE FUNCTION handle() RETURNS fdw_handler LANGUAGE c AS '$libdir/postgres_fdw', 'postgres_fdw_handler';
CREATE FOREIGN DATA WRAPPER handled HANDLER handle;
COMMENT ON EXTENSION earthdistance IS 'not what its control file says';
