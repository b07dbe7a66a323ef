CREATE TYPE place AS (lat numeric, lon numeric, label text);
CREATE FUNCTION f(p place) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT (p).lat';
