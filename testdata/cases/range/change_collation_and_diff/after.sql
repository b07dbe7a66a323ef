CREATE FUNCTION gap(x float8, y float8) RETURNS float8 LANGUAGE sql STRICT IMMUTABLE AS 'SELECT x - y';
CREATE TYPE fspan AS RANGE (subtype = float8, subtype_diff = gap);
CREATE TYPE words AS RANGE (subtype = text);
