CREATE TABLE t (v numeric(8,2), w numeric);
