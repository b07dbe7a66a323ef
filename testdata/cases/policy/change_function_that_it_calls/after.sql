CREATE TABLE t (a integer);
CREATE FUNCTION f(a integer) RETURNS text LANGUAGE sql STABLE AS $$ SELECT true $$;
CREATE POLICY p ON t USING (f(a)::boolean);
