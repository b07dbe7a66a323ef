CREATE SCHEMA ext;
CREATE TABLE t (id integer, v text);
