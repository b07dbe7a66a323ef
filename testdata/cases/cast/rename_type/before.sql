CREATE TYPE pair AS (a integer, b text);
CREATE CAST (pair AS text) WITH INOUT AS ASSIGNMENT;
CREATE CAST (integer[] AS pair) WITH INOUT;
COMMENT ON CAST (pair AS text) IS 'as it is written';
