CREATE SCHEMA app;
SET search_path = app, public;
CREATE TABLE t (id integer PRIMARY KEY, v text);
SET search_path = public;
CREATE TABLE t (id integer);
