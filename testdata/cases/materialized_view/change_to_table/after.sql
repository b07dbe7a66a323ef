CREATE TABLE t (a integer);
CREATE TABLE m (a integer);
