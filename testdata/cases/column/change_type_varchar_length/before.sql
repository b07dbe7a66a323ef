CREATE TABLE t (v varchar(20), w varchar(5)[]);
CREATE INDEX t_v_idx ON t (v);
