CREATE TABLE member (who name, tenant integer);
CREATE FUNCTION tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('app.tenant', true)::integer $$;
CREATE TABLE t (id integer, tenant integer);
CREATE POLICY p ON t USING (tenant = tenant() AND EXISTS (SELECT FROM member AS m WHERE m.tenant = t.tenant AND m.who = CURRENT_USER));
