CREATE SCHEMA old;
CREATE TABLE old.part (id integer PRIMARY KEY, weight numeric);
CREATE TYPE old.state AS ENUM ('new');
CREATE FUNCTION old.next_no() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;
CREATE TABLE item (no integer DEFAULT old.next_no(), part_id integer REFERENCES old.part, state old.state);
CREATE VIEW weights AS SELECT weight FROM old.part;
CREATE VIEW items AS SELECT no FROM item;
COMMENT ON SCHEMA old IS 'to go';
DROP SCHEMA old CASCADE;
