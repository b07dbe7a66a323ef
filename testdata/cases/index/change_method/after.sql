CREATE TABLE t (a integer, b text);
CREATE INDEX t_idx ON t USING hash (b);
