CREATE FUNCTION is_shelf(number bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT number > 0';
CREATE FUNCTION first_shelf() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE DOMAIN shelf AS integer DEFAULT first_shelf() CONSTRAINT known CHECK (is_shelf(VALUE));
CREATE DOMAIN upper_shelf AS shelf CONSTRAINT high CHECK (is_shelf(VALUE - 5));
CREATE TABLE rooms (id bigint PRIMARY KEY, door shelf, window_shelves upper_shelf[]);
