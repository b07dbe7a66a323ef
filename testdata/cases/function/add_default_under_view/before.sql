CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION f(integer) IS 'one';
GRANT EXECUTE ON FUNCTION f(integer) TO app_reader;
CREATE VIEW v AS SELECT f(1) AS x;
GRANT SELECT ON v TO app_reader;
