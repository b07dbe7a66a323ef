CREATE TABLE t (during tsrange, deleted boolean
  , CONSTRAINT t_apart EXCLUDE USING gist (during WITH &&) WHERE (NOT deleted)
);
