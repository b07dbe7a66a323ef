CREATE TYPE person AS (name text, born date);
CREATE TABLE people (name text, born date);
