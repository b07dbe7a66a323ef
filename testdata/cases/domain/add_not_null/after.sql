CREATE DOMAIN amount AS integer NOT NULL;
CREATE TABLE t (a amount);
