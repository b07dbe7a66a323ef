CREATE TABLE t (id integer);
COMMENT ON SCHEMA public IS 'ours';
