CREATE TABLE t (v numeric(12,2), w numeric(20,4));
