CREATE TABLE t (
    id integer CONSTRAINT id_is_there NOT NULL,
    a integer CONSTRAINT a_is_there NOT NULL,
    b integer CONSTRAINT b_is_there NOT NULL,
    c integer NOT NULL
);
CREATE TABLE below (d integer CONSTRAINT d_is_there NOT NULL) INHERITS (t);
CREATE TABLE p (k integer CONSTRAINT k_is_there NOT NULL) PARTITION BY RANGE (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
