CREATE TABLE t (id integer, who name);
