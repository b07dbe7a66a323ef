CREATE TABLE t (id integer
);
CREATE VIEW v AS SELECT id
  FROM t;
