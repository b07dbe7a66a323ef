CREATE TYPE point AS (x integer, y integer, label text);
CREATE TABLE t (id integer, points point[], only_point point);
