CREATE TABLE t (id integer,
  CONSTRAINT b CHECK (id > 0)
);
