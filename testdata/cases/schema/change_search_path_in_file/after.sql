CREATE SCHEMA app;
SET search_path = app, public;
CREATE TABLE t (id integer PRIMARY KEY, v text);
CREATE VIEW w AS SELECT id FROM t;
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM app.t';
SET search_path = public;
CREATE TABLE t (id integer);
