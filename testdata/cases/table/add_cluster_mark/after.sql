CREATE TABLE t (id integer NOT NULL, v text);
CREATE INDEX t_v_idx ON t (v);
ALTER TABLE t CLUSTER ON t_v_idx;
