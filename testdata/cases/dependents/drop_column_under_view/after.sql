CREATE TABLE t (id integer, v text
);
CREATE VIEW a AS SELECT id
  FROM t;
