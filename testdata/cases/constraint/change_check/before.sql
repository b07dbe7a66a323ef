CREATE TABLE t (kind text,
  CONSTRAINT t_kind CHECK (kind IN ('a', 'b'))
);
