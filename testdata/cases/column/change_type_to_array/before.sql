CREATE TABLE t (id integer,
  -- @using v[1]
  v integer
);
