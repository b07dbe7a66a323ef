CREATE TABLE t (during tsrange, area box, deleted boolean,
  CONSTRAINT t_apart EXCLUDE USING gist (during WITH &&, area WITH &&) WHERE (NOT deleted) DEFERRABLE
);
