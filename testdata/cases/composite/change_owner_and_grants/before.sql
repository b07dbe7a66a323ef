CREATE TYPE c AS (x integer);
