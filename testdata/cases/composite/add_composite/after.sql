CREATE TABLE t (id integer);
CREATE TYPE place AS (lat numeric(9,6), lon numeric(9,6), label varchar(20) COLLATE "C");
