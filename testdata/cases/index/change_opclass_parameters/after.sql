CREATE TABLE t (v tsvector, n integer);
CREATE INDEX t_v ON t USING gist (v tsvector_ops (siglen = 200));
