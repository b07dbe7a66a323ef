CREATE FUNCTION is_shelf(number bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT number > 0';
CREATE FUNCTION first_shelf() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE DOMAIN shelf AS bigint DEFAULT first_shelf() CONSTRAINT known CHECK (is_shelf(VALUE));
ALTER DOMAIN shelf ADD CONSTRAINT old CHECK (is_shelf(VALUE + 1)) NOT VALID;
CREATE DOMAIN upper_shelf AS shelf CONSTRAINT high CHECK (is_shelf(VALUE - 6));
CREATE TABLE rooms (id bigint PRIMARY KEY, door shelf, window_shelves upper_shelf[]);
