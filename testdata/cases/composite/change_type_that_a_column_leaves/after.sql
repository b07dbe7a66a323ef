CREATE TYPE place AS (x bigint, y integer);
CREATE TABLE one (id integer, at text);
CREATE TABLE two (id integer, at place);
