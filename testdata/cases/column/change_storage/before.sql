CREATE TABLE t (v text, w bytea);
