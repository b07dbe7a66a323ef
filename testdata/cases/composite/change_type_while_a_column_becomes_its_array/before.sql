CREATE TYPE place AS (x integer, y integer);
CREATE TABLE paths (id integer, at place, via place[]);
