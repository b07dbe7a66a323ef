-- A made-up service for many tenants: row security on every table, partitions by time and by tenant, audit triggers.

CREATE SCHEMA core;
CREATE SCHEMA audit;
CREATE SCHEMA api;

CREATE FUNCTION core.current_tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.tenant', true), '')::uuid $$;

CREATE TYPE core.plan AS ENUM ('free', 'team', 'enterprise');
CREATE TYPE core.money_range AS RANGE (subtype = numeric);

CREATE TABLE core.tenant (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    plan core.plan DEFAULT 'free'::core.plan NOT NULL,
    limits jsonb DEFAULT '{"seats": 3}'::jsonb NOT NULL,
    CONSTRAINT tenant_pkey PRIMARY KEY (id),
    CONSTRAINT tenant_name CHECK (length(name) BETWEEN 1 AND 80)
);

CREATE TABLE core.member (
    tenant_id uuid NOT NULL DEFAULT core.current_tenant(),
    id bigint GENERATED ALWAYS AS IDENTITY,
    login text NOT NULL,
    role text DEFAULT 'user' NOT NULL CHECK (role IN ('user', 'manager', 'owner')),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, login),
    FOREIGN KEY (tenant_id) REFERENCES core.tenant ON DELETE CASCADE
);

CREATE TABLE core.project (
    tenant_id uuid NOT NULL DEFAULT core.current_tenant() REFERENCES core.tenant ON DELETE CASCADE,
    id bigint GENERATED ALWAYS AS IDENTITY,
    lead_id bigint,
    title text NOT NULL,
    budget core.money_range,
    archived_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT project_lead FOREIGN KEY (tenant_id, lead_id) REFERENCES core.member (tenant_id, id) MATCH SIMPLE
);
CREATE INDEX project_active ON core.project (tenant_id, title) WHERE archived_at IS NULL;

-- By tenant: hash partitions.
CREATE TABLE core.document (
    tenant_id uuid NOT NULL,
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    body text NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, body)) STORED,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES core.project (tenant_id, id) ON DELETE CASCADE
) PARTITION BY HASH (tenant_id);
CREATE TABLE core.document_0 PARTITION OF core.document FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE core.document_1 PARTITION OF core.document FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE core.document_2 PARTITION OF core.document FOR VALUES WITH (MODULUS 3, REMAINDER 2) WITH (fillfactor = 80);
CREATE INDEX document_words ON core.document USING gin (words);

-- By time, and below that by kind.
CREATE TABLE audit.event (
    at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    relation text NOT NULL,
    row_data jsonb,
    actor name NOT NULL DEFAULT CURRENT_USER
) PARTITION BY RANGE (at);
CREATE TABLE audit.event_2026_h1 PARTITION OF audit.event
    FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-07-01 00:00:00+00');
CREATE TABLE audit.event_2026_h2 PARTITION OF audit.event
    FOR VALUES FROM ('2026-07-01 00:00:00+00') TO ('2027-01-01 00:00:00+00') PARTITION BY LIST (kind);
CREATE TABLE audit.event_2026_h2_write PARTITION OF audit.event_2026_h2 FOR VALUES IN ('INSERT', 'UPDATE', 'DELETE');
CREATE TABLE audit.event_2026_h2_other PARTITION OF audit.event_2026_h2 DEFAULT;
CREATE TABLE audit.event_rest PARTITION OF audit.event DEFAULT;
CREATE INDEX event_tenant ON audit.event (tenant_id, at DESC);
CREATE INDEX event_rest_actor ON audit.event_rest (actor);
ALTER TABLE audit.event_rest ADD CONSTRAINT event_rest_kind CHECK (kind <> '');

CREATE FUNCTION audit.record() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $fn$
DECLARE
    content jsonb := CASE tg_op WHEN 'DELETE' THEN to_jsonb(old) ELSE to_jsonb(new) END;
BEGIN
    INSERT INTO audit.event (tenant_id, kind, relation, row_data)
    VALUES ((content ->> 'tenant_id')::uuid, tg_op, tg_table_schema || '.' || tg_table_name, content - tg_argv[0]);
    RETURN NULL;
END
$fn$;
REVOKE ALL ON FUNCTION audit.record() FROM PUBLIC;

CREATE TRIGGER member_audit AFTER INSERT OR DELETE OR UPDATE ON core.member
    FOR EACH ROW EXECUTE FUNCTION audit.record('login');
CREATE TRIGGER project_audit AFTER UPDATE OF title, budget ON core.project
    FOR EACH ROW WHEN (old.title IS DISTINCT FROM new.title) EXECUTE FUNCTION audit.record('');
CREATE TRIGGER document_audit AFTER INSERT ON core.document
    FOR EACH ROW EXECUTE FUNCTION audit.record('body');
CREATE CONSTRAINT TRIGGER member_owner_stays AFTER DELETE ON core.member
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.role = 'owner') EXECUTE FUNCTION audit.record('login');
ALTER TABLE core.project DISABLE TRIGGER project_audit;

ALTER TABLE core.tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.member ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.project ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.project FORCE ROW LEVEL SECURITY;
ALTER TABLE core.document ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.event ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant_self ON core.tenant FOR SELECT USING (id = core.current_tenant());
CREATE POLICY member_tenant ON core.member USING (tenant_id = core.current_tenant());
CREATE POLICY member_managers ON core.member AS RESTRICTIVE FOR DELETE TO app_writer
    USING (EXISTS (SELECT 1 FROM core.member AS me WHERE me.login = CURRENT_USER AND me.role IN ('manager', 'owner')));
CREATE POLICY project_tenant ON core.project TO app_reader, app_writer
    USING (tenant_id = core.current_tenant()) WITH CHECK (tenant_id = core.current_tenant() AND archived_at IS NULL);
CREATE POLICY document_tenant ON core.document USING (tenant_id = core.current_tenant());
CREATE POLICY event_read ON audit.event FOR SELECT TO app_owner USING (true);

CREATE VIEW api.project AS
    SELECT p.id, p.title, m.login AS lead, upper(p.budget) AS most
    FROM core.project AS p LEFT JOIN core.member AS m ON (m.tenant_id, m.id) = (p.tenant_id, p.lead_id)
    WHERE p.archived_at IS NULL;
CREATE FUNCTION api.project_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO core.project (title) VALUES (new.title) RETURNING id INTO new.id;
    RETURN new;
END $$;
CREATE TRIGGER project_write INSTEAD OF INSERT ON api.project FOR EACH ROW EXECUTE FUNCTION api.project_write();
CREATE FUNCTION api.search(phrase text, "limit" integer DEFAULT 20)
    RETURNS TABLE (id bigint, snippet text)
    LANGUAGE sql STABLE ROWS 20
    AS $_$
    SELECT d.id, ts_headline('english', d.body, q) FROM core.document d, plainto_tsquery('english', $1) q
    WHERE d.words @@ q ORDER BY ts_rank(d.words, q) DESC LIMIT $2
$_$;

ALTER SCHEMA core OWNER TO app_owner;
ALTER TABLE core.tenant OWNER TO app_owner;
GRANT USAGE ON SCHEMA api TO app_reader, app_writer;
GRANT SELECT, INSERT ON api.project TO app_writer;
GRANT EXECUTE ON FUNCTION api.search(text, integer) TO app_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA api GRANT SELECT ON TABLES TO app_reader;

COMMENT ON POLICY member_tenant ON core.member IS 'Nobody sees the people of others';
COMMENT ON TABLE audit.event IS 'Who did what; one partition for half a year';
COMMENT ON TRIGGER member_audit ON core.member IS 'Without the login';
COMMENT ON TYPE core.plan IS 'What a tenant pays for';
