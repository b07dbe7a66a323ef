CREATE TABLE x (id integer);
CREATE TABLE t (id integer);
