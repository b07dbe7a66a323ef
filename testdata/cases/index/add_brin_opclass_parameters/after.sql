CREATE TABLE t (n integer, at timestamptz);
CREATE INDEX t_n ON t USING brin (n int4_minmax_multi_ops (values_per_range = 16), at timestamptz_bloom_ops);
