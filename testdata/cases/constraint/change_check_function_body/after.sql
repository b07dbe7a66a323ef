CREATE FUNCTION ok(a integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT a > 1 $$;
CREATE TABLE t (a integer CHECK (ok(a)));
