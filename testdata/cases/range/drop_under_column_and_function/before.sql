CREATE TYPE r AS RANGE (subtype = integer);
CREATE TABLE t (a r);
CREATE FUNCTION f(a r) RETURNS r LANGUAGE sql AS $$ SELECT a $$;
