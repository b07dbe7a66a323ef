CREATE FUNCTION next_id() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (id bigint DEFAULT next_id());
