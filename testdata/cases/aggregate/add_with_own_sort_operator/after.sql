CREATE TABLE t (id integer);
CREATE TYPE version AS (major integer, minor integer);
CREATE FUNCTION later(a version, b version) RETURNS version LANGUAGE sql AS 'SELECT CASE WHEN (a).major > (b).major THEN a ELSE b END';
CREATE FUNCTION is_later(a version, b version) RETURNS boolean LANGUAGE sql AS 'SELECT (a).major > (b).major';
CREATE OPERATOR >>> (FUNCTION = is_later, LEFTARG = version, RIGHTARG = version);
CREATE AGGREGATE latest(version) (SFUNC = later, STYPE = version, SORTOP = >>>);
