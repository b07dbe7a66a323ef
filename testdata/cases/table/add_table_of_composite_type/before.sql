CREATE TYPE person AS (name text, born date);
CREATE TABLE a (id integer);
