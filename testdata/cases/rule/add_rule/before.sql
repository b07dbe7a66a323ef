CREATE TABLE t (id integer, v text);
CREATE TABLE log (id integer);
