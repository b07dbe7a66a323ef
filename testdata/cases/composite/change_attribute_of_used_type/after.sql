CREATE TYPE place AS (lat numeric, lon double precision);
CREATE TABLE t (id integer, p place);
