CREATE TABLE t (id integer, v text
  , CONSTRAINT x UNIQUE (v)
);
