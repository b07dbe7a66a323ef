CREATE DOMAIN amount AS integer DEFAULT 1;
CREATE TABLE t (a amount);
