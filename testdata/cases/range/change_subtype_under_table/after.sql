CREATE TYPE r AS RANGE (subtype = bigint);
CREATE TABLE t (k integer);
CREATE FUNCTION f(a r) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
