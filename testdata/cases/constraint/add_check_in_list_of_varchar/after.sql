CREATE TABLE t (kind varchar(10), state char(4)
  , CONSTRAINT t_kind CHECK (kind IN ('a', 'b')), CONSTRAINT t_state CHECK (state NOT IN ('open', 'shut'))
);
