CREATE TABLE t (id integer, v text
  , w text
);
CREATE VIEW a AS SELECT id
  , w
  FROM t;
