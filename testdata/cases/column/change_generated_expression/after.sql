CREATE TABLE t (a integer, b integer,
  total integer GENERATED ALWAYS AS (a * coalesce(b, 1)) STORED
);
CREATE INDEX t_total_idx ON t (total);
