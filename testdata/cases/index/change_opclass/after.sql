CREATE TABLE t (v text, j jsonb);
CREATE INDEX t_v ON t (v text_pattern_ops);
CREATE INDEX t_j ON t USING gin (j jsonb_path_ops);
