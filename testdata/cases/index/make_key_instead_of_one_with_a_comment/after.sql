CREATE TABLE t (a integer, b bigint, c integer, CONSTRAINT t_a UNIQUE (a), CONSTRAINT t_b UNIQUE (b), CONSTRAINT t_c UNIQUE (c));
