CREATE TABLE t (id integer);
COMMENT ON TABLE t IS 'first';
COMMENT ON TABLE t IS 'second';
COMMENT ON TABLE t IS '';
