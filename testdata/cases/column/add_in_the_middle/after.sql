CREATE TABLE t (id integer,
  born date,
  v text
);
