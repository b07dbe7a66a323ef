CREATE FUNCTION ok(a bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT true $$;
CREATE TABLE t (a integer CHECK (ok(a)));
