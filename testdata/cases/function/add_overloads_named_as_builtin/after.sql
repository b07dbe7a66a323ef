CREATE TABLE t (id integer);
CREATE FUNCTION age(timestamptz) RETURNS interval LANGUAGE sql STABLE RETURN age(cast(current_date AS timestamptz), $1);
CREATE FUNCTION age(timestamp) RETURNS interval LANGUAGE sql STABLE RETURN age(cast(current_date AS timestamp), $1);
CREATE FUNCTION price(integer, integer) RETURNS integer LANGUAGE sql RETURN $1 + $2;
CREATE FUNCTION price(integer) RETURNS integer LANGUAGE sql RETURN price($1, 1);
CREATE FUNCTION price() RETURNS integer LANGUAGE sql RETURN price(1);
