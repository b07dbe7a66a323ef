CREATE TYPE pair AS (a integer, b text);
CREATE TABLE things (id integer);
