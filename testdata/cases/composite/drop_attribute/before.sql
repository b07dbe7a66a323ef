CREATE TYPE place AS (a integer, b text, c integer);
CREATE TYPE spot AS (a integer, b text, c integer);
CREATE FUNCTION f(place) RETURNS integer LANGUAGE sql AS 'SELECT ($1).c';
CREATE VIEW v AS SELECT (ROW(1, 'x', 2)::spot).c AS c;
