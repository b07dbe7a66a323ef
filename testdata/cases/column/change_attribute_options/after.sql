CREATE TABLE t (v text, w text);
ALTER TABLE t ALTER COLUMN v SET (n_distinct = -0.5, n_distinct_inherited = 7);
