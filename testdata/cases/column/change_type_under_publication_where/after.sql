CREATE TABLE t (a bigint PRIMARY KEY, b text);
CREATE PUBLICATION p FOR TABLE t (a, b) WHERE (a > 3) WITH (publish = 'insert');
