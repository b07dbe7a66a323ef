CREATE TABLE t (a bit(3), b varbit(4), c char, d char(3));
