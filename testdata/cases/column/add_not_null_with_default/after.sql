CREATE TABLE t (id integer
  , n integer DEFAULT 3 * 4 NOT NULL
);
