CREATE TABLE t (id integer,
  title text
);
