CREATE TABLE t (id integer,
  CONSTRAINT a CHECK (id > 0)
);
