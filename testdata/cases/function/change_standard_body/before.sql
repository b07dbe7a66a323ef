CREATE TABLE t (id integer, v text);
CREATE FUNCTION f(a integer) RETURNS text LANGUAGE sql RETURN (SELECT v FROM t WHERE id = a);
