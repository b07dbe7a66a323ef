CREATE TABLE t (a integer, b integer
  , CHECK (a < b)
);
