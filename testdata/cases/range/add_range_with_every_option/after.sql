CREATE FUNCTION gap(x time, y time) RETURNS float8 LANGUAGE sql STRICT IMMUTABLE AS 'SELECT EXTRACT(EPOCH FROM (x - y))';
CREATE TYPE hours AS RANGE (subtype = time, subtype_opclass = time_ops, subtype_diff = gap, multirange_type_name = many_hours);
CREATE TYPE words AS RANGE (subtype = text, collation = "C");
CREATE TABLE t (h hours, m many_hours, w words);
