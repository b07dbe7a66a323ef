CREATE TABLE t (a integer,
  CONSTRAINT t_one UNIQUE (a)
);
