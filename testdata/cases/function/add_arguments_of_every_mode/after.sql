CREATE TABLE t (id integer, v text);
CREATE FUNCTION a(IN x integer, OUT y integer, INOUT z text) LANGUAGE sql AS $$ SELECT x, z $$;
CREATE FUNCTION b(VARIADIC list integer[] DEFAULT '{}') RETURNS bigint LANGUAGE sql AS $$ SELECT sum(e) FROM unnest(list) e $$;
CREATE FUNCTION c() RETURNS TABLE (id integer, name text) LANGUAGE sql AS $$ SELECT * FROM t $$;
CREATE FUNCTION d(integer, text) RETURNS SETOF t LANGUAGE sql ROWS 7 AS $$ SELECT * FROM t WHERE id = $1 $$;
CREATE FUNCTION e(anyelement, anyarray) RETURNS anyelement LANGUAGE sql AS $$ SELECT $1 $$;
CREATE FUNCTION f(t, t[], t.id%TYPE) RETURNS void LANGUAGE sql AS $$ $$;
