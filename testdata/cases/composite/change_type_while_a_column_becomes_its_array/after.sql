CREATE TYPE place AS (x bigint, y integer);
CREATE TABLE paths (id integer, at place[], via place[]);
