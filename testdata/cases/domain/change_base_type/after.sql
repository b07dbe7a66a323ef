CREATE DOMAIN amount AS bigint;
CREATE TABLE t (id integer, a amount DEFAULT 3);
