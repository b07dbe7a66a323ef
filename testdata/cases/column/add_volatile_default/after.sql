CREATE TABLE t (id integer
  , token uuid DEFAULT gen_random_uuid() NOT NULL
);
