CREATE TABLE t (a integer, b integer);
CREATE VIEW v AS SELECT a, sum(count(*)) OVER (ORDER BY a) AS x FROM t GROUP BY a;
