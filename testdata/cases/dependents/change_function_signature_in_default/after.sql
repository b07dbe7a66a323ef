CREATE FUNCTION next_id(step integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE TABLE t (id bigint DEFAULT next_id(2));
