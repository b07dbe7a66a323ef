CREATE SCHEMA keep;
CREATE TABLE keep.t (id integer);
CREATE SCHEMA gone;
CREATE TYPE gone.e AS ENUM ('a');
CREATE TABLE gone.t (id serial PRIMARY KEY, x gone.e);
CREATE VIEW keep.v AS SELECT id FROM gone.t;
