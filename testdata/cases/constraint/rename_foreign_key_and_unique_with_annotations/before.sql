CREATE TABLE u (a integer CONSTRAINT up PRIMARY KEY, b integer);
CREATE TABLE t (a integer CONSTRAINT old_fk REFERENCES u, b integer CONSTRAINT old_uq UNIQUE);
