CREATE TABLE t (id integer, v text);
CREATE VIEW w AS SELECT v AS label, id::bigint AS id FROM t;
