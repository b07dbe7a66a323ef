CREATE TABLE t (
    id integer,
    a integer -- @renamed from=b
);
-- @renamed from=g
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE STATISTICS one ON (a + 1), id FROM t;
CREATE STATISTICS two ON (a + 1), ((a IS NULL) AND (id IS NULL)), f(a) FROM t;
CREATE STATISTICS alone ON ((a IS NULL) AND (id IS NULL)) FROM t;
CREATE STATISTICS same ON (a + 1), (a - id) FROM t;
