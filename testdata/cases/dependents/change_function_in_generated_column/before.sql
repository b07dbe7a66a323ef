CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE TABLE t (id integer, g integer GENERATED ALWAYS AS (f(id)) STORED, CONSTRAINT ck CHECK (f(id) > 0));
CREATE INDEX t_f ON t (f(id));
