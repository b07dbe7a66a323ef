CREATE TABLE t (kind varchar(10), CONSTRAINT t_kind CHECK (kind IN ('a', 'b')));
