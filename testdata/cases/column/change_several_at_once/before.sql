CREATE TABLE t (id integer, a integer, b integer, c text DEFAULT 'x', d integer NOT NULL);
