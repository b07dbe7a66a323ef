CREATE TABLE t (id integer,
  -- @using ARRAY[v]
  v integer[]
);
