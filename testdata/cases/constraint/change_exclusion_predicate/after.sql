CREATE TABLE t (a int4range, b integer, EXCLUDE USING gist (a WITH &&) WHERE (b > 1 AND a IS NOT NULL));
