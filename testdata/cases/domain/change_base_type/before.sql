CREATE DOMAIN amount AS integer;
CREATE TABLE t (id integer, a amount DEFAULT 3);
