CREATE TYPE c AS (x integer, y text, z date);
