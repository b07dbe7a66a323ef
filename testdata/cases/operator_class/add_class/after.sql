CREATE TABLE t (a integer);
CREATE FUNCTION hash_of(integer, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE OPERATOR CLASS own_hash FOR TYPE integer USING hash AS OPERATOR 1 =, FUNCTION 2 hash_of(integer, bigint);
COMMENT ON OPERATOR CLASS own_hash USING hash IS 'a hash of our own';
CREATE TABLE p (a integer) PARTITION BY HASH (a own_hash);
