CREATE TABLE t (id integer, v text
);
CREATE INDEX x ON t (id);
