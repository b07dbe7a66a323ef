CREATE TABLE t (v text, j jsonb);
CREATE INDEX t_v ON t (v);
CREATE INDEX t_j ON t USING gin (j);
