CREATE TABLE t (v text, w text COLLATE "C");
CREATE INDEX t_v ON t (v, w);
