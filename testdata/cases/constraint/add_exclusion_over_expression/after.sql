CREATE TABLE t (a date, b date
  , CONSTRAINT t_apart EXCLUDE USING gist (daterange(a, b, '[]') WITH &&) INCLUDE (a)
);
