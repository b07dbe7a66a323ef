CREATE TABLE t (id integer);
CREATE SEQUENCE numbers;
ALTER SEQUENCE numbers OWNED BY t.id;
