CREATE TABLE t (a inet, b integer, c int4range, d box);
