CREATE TABLE t (id integer
  , fresh text DEFAULT 'x'
);
CREATE VIEW v AS SELECT id
  , fresh
  FROM t;
