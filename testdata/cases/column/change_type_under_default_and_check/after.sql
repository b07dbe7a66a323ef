CREATE TABLE t (a numeric(6,0) NOT NULL DEFAULT 5 CHECK (a > 1) CHECK (a IN (5, 6, 7)));
