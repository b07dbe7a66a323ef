CREATE TABLE t (k integer, c integer DEFAULT 1);
