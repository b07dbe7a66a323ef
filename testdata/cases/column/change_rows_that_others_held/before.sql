CREATE TABLE r (a integer, b text);
CREATE TABLE t (x r, y text);
CREATE TABLE u (x r, y integer);
