CREATE TABLE t (a inet, b integer, c int4range, d box);
CREATE INDEX i ON t USING brin (a inet_minmax_ops, a inet_inclusion_ops, a inet_bloom_ops, b int4_minmax_ops, b int4_minmax_multi_ops, c, d box_inclusion_ops);
