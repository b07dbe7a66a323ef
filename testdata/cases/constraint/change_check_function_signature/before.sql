CREATE FUNCTION ok(a integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT true $$;
CREATE TABLE t (a integer CHECK (ok(a)));
