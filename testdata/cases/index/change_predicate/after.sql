CREATE TABLE t (a integer, kind text);
CREATE INDEX t_a ON t (a) WHERE kind IN ('x', 'y') AND a IS NOT NULL;
