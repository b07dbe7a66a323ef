CREATE TYPE point AS (x bigint, label text);
CREATE TABLE t (id integer, points point[], only_point point);
