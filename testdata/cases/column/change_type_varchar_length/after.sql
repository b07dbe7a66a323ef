CREATE TABLE t (v varchar(40), w varchar(9)[]);
CREATE INDEX t_v_idx ON t (v);
