CREATE TABLE t (a integer, b integer, c text,
  CONSTRAINT t_one UNIQUE (a) INCLUDE (c)
);
