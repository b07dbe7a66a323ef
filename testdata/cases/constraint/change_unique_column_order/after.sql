CREATE TABLE t (a integer, b integer,
  CONSTRAINT t_one UNIQUE (b, a)
);
