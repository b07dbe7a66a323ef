-- @renamed from=pair
CREATE TYPE couple AS (a integer, b text);
CREATE CAST (couple AS text) WITH INOUT AS ASSIGNMENT;
CREATE CAST (integer[] AS couple) WITH INOUT;
COMMENT ON CAST (couple AS text) IS 'as it is written';
