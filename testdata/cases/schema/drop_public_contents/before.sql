CREATE SCHEMA app;
CREATE TABLE app.t (id integer);
CREATE TABLE t (id integer);
CREATE VIEW v AS SELECT t.id FROM t JOIN app.t AS o USING (id);
