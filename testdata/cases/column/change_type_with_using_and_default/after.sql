CREATE TABLE t (id integer,
  -- @using v::integer
  v integer DEFAULT 7 NOT NULL
);
