CREATE TABLE t (id integer, v text);
CREATE VIEW w AS SELECT id, v FROM t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
