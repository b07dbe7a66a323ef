CREATE DOMAIN amount AS integer CHECK (VALUE > 0);
CREATE TABLE t (a amount, b amount[]);
