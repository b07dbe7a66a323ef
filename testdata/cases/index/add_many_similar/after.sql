CREATE TABLE t (a integer, b integer);
CREATE INDEX t_1 ON t (a);
CREATE INDEX t_2 ON t (a) WHERE b > 0;
CREATE INDEX t_3 ON t (a) WHERE b > 1;
CREATE INDEX t_4 ON t (a) INCLUDE (b);
CREATE INDEX t_5 ON t ((a));
