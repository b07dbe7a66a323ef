CREATE FUNCTION is_long(bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 100';
CREATE DOMAIN amount AS bigint CONSTRAINT sound CHECK (NOT is_long(VALUE));
CREATE DOMAIN net_amount AS amount CONSTRAINT positive CHECK (is_long(VALUE + 100));
CREATE TABLE bill (due amount, paid net_amount);
