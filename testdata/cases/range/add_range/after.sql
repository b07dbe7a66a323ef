CREATE TABLE t (id integer);
CREATE TYPE span AS RANGE (subtype = numeric);
