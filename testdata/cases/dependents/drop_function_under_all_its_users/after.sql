CREATE TABLE other (id integer);
CREATE TABLE t (id integer
  , g integer
);
