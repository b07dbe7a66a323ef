CREATE TABLE t (b integer, g integer GENERATED ALWAYS AS (b + 1) STORED);
