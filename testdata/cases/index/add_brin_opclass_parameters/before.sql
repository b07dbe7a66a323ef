CREATE TABLE t (n integer, at timestamptz);
