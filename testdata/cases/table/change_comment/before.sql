CREATE TABLE t (id integer);
COMMENT ON TABLE t IS 'first
second \ line';
