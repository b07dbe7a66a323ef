CREATE EXTENSION pg_trgm;
CREATE TABLE t (id integer PRIMARY KEY, v text);
CREATE INDEX t_v_idx ON t USING gin (v gin_trgm_ops);
