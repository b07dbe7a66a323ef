CREATE DOMAIN amount AS integer DEFAULT 2;
CREATE TABLE t (a amount);
