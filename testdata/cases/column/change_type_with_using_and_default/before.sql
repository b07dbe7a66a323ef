CREATE TABLE t (id integer, v text DEFAULT '7' NOT NULL);
