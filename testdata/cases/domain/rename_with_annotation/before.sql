CREATE DOMAIN old_d AS integer CHECK (VALUE > 0);
CREATE TABLE t (a old_d);
