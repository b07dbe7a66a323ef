CREATE TABLE t (a integer, CONSTRAINT t_a CHECK (a > 0), CONSTRAINT t_k PRIMARY KEY (a));
COMMENT ON CONSTRAINT t_a ON t IS 'more than nothing';
COMMENT ON CONSTRAINT t_k ON t IS 'the key';
