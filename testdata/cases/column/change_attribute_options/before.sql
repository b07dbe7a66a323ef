CREATE TABLE t (v text, w text);
ALTER TABLE t ALTER COLUMN v SET (n_distinct = 100);
