CREATE TABLE t (id integer);
CREATE INDEX x ON t (id);
