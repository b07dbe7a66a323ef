CREATE TABLE t (id integer CONSTRAINT id_is_known NOT NULL, a integer NOT NULL, b integer, c integer NOT NULL);
CREATE TABLE below (d integer NOT NULL) INHERITS (t);
CREATE TABLE p (k integer CONSTRAINT k_is_known NOT NULL) PARTITION BY RANGE (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
