CREATE TABLE t (a integer, b integer,
  total integer GENERATED ALWAYS AS (a + b) STORED
);
CREATE INDEX t_total_idx ON t (total);
