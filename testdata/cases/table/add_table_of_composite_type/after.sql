CREATE TYPE person AS (name text, born date);
CREATE TABLE a (id integer);
CREATE TABLE people OF person (name WITH OPTIONS NOT NULL, PRIMARY KEY (name));
