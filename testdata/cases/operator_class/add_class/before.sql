CREATE TABLE t (a integer);
CREATE FUNCTION hash_of(integer, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
