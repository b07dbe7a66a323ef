CREATE FUNCTION is_shelf(number integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT number > 0';
CREATE DOMAIN shelf AS integer CONSTRAINT known CHECK (is_shelf(VALUE));
CREATE TABLE rooms (id bigint PRIMARY KEY, shelves shelf[] DEFAULT '{1}');
