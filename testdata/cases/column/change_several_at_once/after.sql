CREATE TABLE t (id integer, a bigint, b bigint NOT NULL, c text DEFAULT 'y', d integer, e date, f text);
