CREATE TYPE c AS (x integer, z date);
