CREATE TABLE t (a bigint, b integer, s integer GENERATED ALWAYS AS (a + b) STORED);
