CREATE TABLE t (id integer);
CREATE AGGREGATE total(integer) (SFUNC = int4larger, STYPE = integer, INITCOND = '0');
CREATE VIEW v AS SELECT total(id) AS s FROM t;
