CREATE TABLE t (id integer, v text);
CREATE VIEW m AS SELECT id FROM t;
