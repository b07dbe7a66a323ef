CREATE TYPE place AS (lat numeric, lon real);
CREATE TABLE t (id integer, p place);
