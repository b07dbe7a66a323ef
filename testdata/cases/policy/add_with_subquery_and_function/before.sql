CREATE TABLE member (who name, tenant integer);
CREATE FUNCTION tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('app.tenant', true)::integer $$;
CREATE TABLE t (id integer, tenant integer);
