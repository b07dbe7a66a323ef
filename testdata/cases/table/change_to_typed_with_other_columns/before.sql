CREATE TYPE place AS (street text, number integer, town text);
CREATE TABLE home (street text, number smallint, floor integer);
