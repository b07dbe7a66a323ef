CREATE TABLE t (a integer, b integer, c integer);
CREATE VIEW v AS SELECT a, c FROM t;
CREATE VIEW w AS SELECT a, c FROM v;
CREATE VIEW x AS SELECT c FROM w;
COMMENT ON VIEW x IS 'kept';
