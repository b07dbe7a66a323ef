CREATE TABLE t (v text, w text COLLATE "C");
CREATE INDEX t_v_idx ON t (v);
