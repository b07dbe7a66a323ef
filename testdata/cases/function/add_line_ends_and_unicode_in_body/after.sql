CREATE TABLE t (id integer);
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS E'\r\n SELECT ''grüße 漢字 🙂''\t;\r\n';
