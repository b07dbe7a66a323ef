CREATE TABLE t (id integer);
CREATE TYPE inside AS (a integer, b text[]);
CREATE TYPE outside AS (x inside, y inside[], z t);
CREATE TABLE u (o outside, os outside[]);
