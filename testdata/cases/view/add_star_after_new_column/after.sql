CREATE TABLE t (id integer
  , added text
);
CREATE VIEW w AS SELECT * FROM t;
