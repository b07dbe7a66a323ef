CREATE TYPE place AS (a integer, c integer);
CREATE TYPE spot AS (a integer, c integer, d integer);
CREATE FUNCTION f(place) RETURNS integer LANGUAGE sql AS 'SELECT ($1).c';
CREATE VIEW v AS SELECT (ROW(1, 2, 3)::spot).c AS c;
