CREATE TABLE t (
    id integer,
    b integer -- @renamed from=a
);
-- @renamed from=f
CREATE FUNCTION g(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE STATISTICS one ON (b + 2), id FROM t;
CREATE STATISTICS two ON (b + 2), ((b IS NULL) AND (id IS NULL)), g(b) FROM t;
CREATE STATISTICS alone ON ((b IS NULL) OR (id IS NULL)) FROM t;
CREATE STATISTICS same ON (b + 1), (b - id) FROM t;
