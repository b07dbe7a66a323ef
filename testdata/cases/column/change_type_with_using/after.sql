CREATE TABLE t (id integer,
  v integer -- @using nullif(v, '')::integer
);
