CREATE TABLE t (a smallint NOT NULL DEFAULT 5 CHECK (a > 1) CHECK (a IN (5, 6, 7)));
