CREATE TABLE t (a integer);
CREATE INDEX i ON t USING hash (a) WITH (fillfactor = 60);
