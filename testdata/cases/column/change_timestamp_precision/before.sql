CREATE TABLE t (a timestamptz(3), b interval, c time);
