CREATE FUNCTION pg_temp.one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (id integer, name text) WITH (oids = false);
CREATE TABLE u (id integer) WITHOUT OIDS;
COMMENT ON FUNCTION pg_temp.one() IS 'of this session, says "pg_temp.one"';
DROP FUNCTION pg_temp.one();
