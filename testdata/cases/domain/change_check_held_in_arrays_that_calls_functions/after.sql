CREATE FUNCTION is_lower_shelf(shelf integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT shelf BETWEEN 1 AND 7';
CREATE FUNCTION is_dry(shelf integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT shelf <> 5';
CREATE DOMAIN shelf AS integer CONSTRAINT known CHECK (is_lower_shelf(VALUE)) CONSTRAINT dry CHECK (is_dry(VALUE));
CREATE TABLE rooms (id bigint PRIMARY KEY, shelves shelf[] DEFAULT '{1}');
