CREATE FUNCTION f(a integer DEFAULT 5, b integer DEFAULT 1 + 1) RETURNS integer LANGUAGE sql AS $$ SELECT $1 $$;
