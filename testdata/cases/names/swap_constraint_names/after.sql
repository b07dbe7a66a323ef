CREATE TABLE t (a integer, b integer,
  CONSTRAINT two UNIQUE (a), CONSTRAINT one UNIQUE (b)
);
