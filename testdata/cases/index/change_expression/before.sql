CREATE TABLE t (a text, j jsonb);
CREATE INDEX t_a ON t (lower(a));
