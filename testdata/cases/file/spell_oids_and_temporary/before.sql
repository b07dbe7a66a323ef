CREATE TABLE t (id integer, name text);
CREATE TABLE u (id integer);
