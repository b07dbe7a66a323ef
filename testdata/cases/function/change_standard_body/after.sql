CREATE TABLE t (id integer, v text);
CREATE FUNCTION f(a integer) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT coalesce(v, 'none') FROM t WHERE id = a; END;
