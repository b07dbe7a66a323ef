CREATE TABLE t (id integer, v text);
CREATE TABLE other (id integer);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
