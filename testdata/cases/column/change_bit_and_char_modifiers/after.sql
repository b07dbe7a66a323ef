CREATE TABLE t (a bit(3), b bit varying(8), c char(2), d char(5));
