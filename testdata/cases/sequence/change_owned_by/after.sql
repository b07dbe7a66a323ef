CREATE TABLE t (id integer, n integer);
CREATE SEQUENCE numbers;
ALTER SEQUENCE numbers OWNED BY t.n;
