CREATE TYPE row_of AS (x integer, t text COLLATE "C", a varchar(3)[]);
CREATE TABLE l (LIKE row_of INCLUDING ALL, y integer);
