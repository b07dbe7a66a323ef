CREATE TABLE t (k integer, c serial);
