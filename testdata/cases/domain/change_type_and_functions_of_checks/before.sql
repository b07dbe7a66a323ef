CREATE FUNCTION is_short(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < 100';
CREATE DOMAIN amount AS integer CONSTRAINT sound CHECK (is_short(VALUE));
CREATE DOMAIN net_amount AS amount;
CREATE TABLE bill (due amount, paid net_amount);
