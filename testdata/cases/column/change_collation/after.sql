CREATE TABLE t (v text COLLATE "C", w text COLLATE "POSIX");
CREATE INDEX t_v_idx ON t (v);
