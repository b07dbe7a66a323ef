CREATE TABLE t (a integer, b integer);
CREATE VIEW v AS SELECT a, count(*) AS x FROM t GROUP BY a;
