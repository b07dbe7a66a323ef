CREATE TABLE t (a timestamptz, b interval day to second(3), c time(0) with time zone);
