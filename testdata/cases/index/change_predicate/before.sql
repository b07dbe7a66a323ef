CREATE TABLE t (a integer, kind text);
CREATE INDEX t_a ON t (a) WHERE kind = 'x';
