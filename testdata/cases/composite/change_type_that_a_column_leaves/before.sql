CREATE TYPE place AS (x integer, y integer);
CREATE TABLE one (id integer, at place);
CREATE TABLE two (id integer, at place);
