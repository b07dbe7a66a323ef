CREATE TABLE p (a integer, b integer) PARTITION BY RANGE (a);
CREATE TABLE t (a integer, b integer, CONSTRAINT ck CHECK (a > 0), CONSTRAINT other CHECK (b > 1));
CREATE TABLE u (a integer, b integer, CONSTRAINT ck CHECK (a > 0));
ALTER TABLE p ATTACH PARTITION u FOR VALUES FROM (6) TO (7);
