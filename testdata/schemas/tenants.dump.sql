--
-- PostgreSQL database dump
--

\restrict 9r2kKx5H2x67Nfsi8Lni7CmrBhxXr2D8k7WKOe97qTLPqBu1C1vRWaRTlAR4Rh4

-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: api; Type: SCHEMA; Schema: -; Owner: tester
--

CREATE SCHEMA api;


ALTER SCHEMA api OWNER TO tester;

--
-- Name: audit; Type: SCHEMA; Schema: -; Owner: tester
--

CREATE SCHEMA audit;


ALTER SCHEMA audit OWNER TO tester;

--
-- Name: core; Type: SCHEMA; Schema: -; Owner: app_owner
--

CREATE SCHEMA core;


ALTER SCHEMA core OWNER TO app_owner;

--
-- Name: money_range; Type: TYPE; Schema: core; Owner: tester
--

CREATE TYPE core.money_range AS RANGE (
    subtype = numeric,
    multirange_type_name = core.money_multirange
);


ALTER TYPE core.money_range OWNER TO tester;

--
-- Name: plan; Type: TYPE; Schema: core; Owner: tester
--

CREATE TYPE core.plan AS ENUM (
    'free',
    'team',
    'enterprise'
);


ALTER TYPE core.plan OWNER TO tester;

--
-- Name: TYPE plan; Type: COMMENT; Schema: core; Owner: tester
--

COMMENT ON TYPE core.plan IS 'What a tenant pays for';


--
-- Name: project_write(); Type: FUNCTION; Schema: api; Owner: tester
--

CREATE FUNCTION api.project_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO core.project (title) VALUES (new.title) RETURNING id INTO new.id;
    RETURN new;
END $$;


ALTER FUNCTION api.project_write() OWNER TO tester;

--
-- Name: search(text, integer); Type: FUNCTION; Schema: api; Owner: tester
--

CREATE FUNCTION api.search(phrase text, "limit" integer DEFAULT 20) RETURNS TABLE(id bigint, snippet text)
    LANGUAGE sql STABLE ROWS 20
    AS $_$
    SELECT d.id, ts_headline('english', d.body, q) FROM core.document d, plainto_tsquery('english', $1) q
    WHERE d.words @@ q ORDER BY ts_rank(d.words, q) DESC LIMIT $2
$_$;


ALTER FUNCTION api.search(phrase text, "limit" integer) OWNER TO tester;

--
-- Name: record(); Type: FUNCTION; Schema: audit; Owner: tester
--

CREATE FUNCTION audit.record() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
    content jsonb := CASE tg_op WHEN 'DELETE' THEN to_jsonb(old) ELSE to_jsonb(new) END;
BEGIN
    INSERT INTO audit.event (tenant_id, kind, relation, row_data)
    VALUES ((content ->> 'tenant_id')::uuid, tg_op, tg_table_schema || '.' || tg_table_name, content - tg_argv[0]);
    RETURN NULL;
END
$$;


ALTER FUNCTION audit.record() OWNER TO tester;

--
-- Name: current_tenant(); Type: FUNCTION; Schema: core; Owner: tester
--

CREATE FUNCTION core.current_tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.tenant', true), '')::uuid $$;


ALTER FUNCTION core.current_tenant() OWNER TO tester;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: member; Type: TABLE; Schema: core; Owner: tester
--

CREATE TABLE core.member (
    tenant_id uuid DEFAULT core.current_tenant() NOT NULL,
    id bigint NOT NULL,
    login text NOT NULL,
    role text DEFAULT 'user'::text NOT NULL,
    CONSTRAINT member_role_check CHECK ((role = ANY (ARRAY['user'::text, 'manager'::text, 'owner'::text])))
);


ALTER TABLE core.member OWNER TO tester;

--
-- Name: project; Type: TABLE; Schema: core; Owner: tester
--

CREATE TABLE core.project (
    tenant_id uuid DEFAULT core.current_tenant() NOT NULL,
    id bigint NOT NULL,
    lead_id bigint,
    title text NOT NULL,
    budget core.money_range,
    archived_at timestamp with time zone
);

ALTER TABLE ONLY core.project FORCE ROW LEVEL SECURITY;


ALTER TABLE core.project OWNER TO tester;

--
-- Name: project; Type: VIEW; Schema: api; Owner: tester
--

CREATE VIEW api.project AS
 SELECT p.id,
    p.title,
    m.login AS lead,
    upper(p.budget) AS most
   FROM (core.project p
     LEFT JOIN core.member m ON (((m.tenant_id = p.tenant_id) AND (m.id = p.lead_id))))
  WHERE (p.archived_at IS NULL);


ALTER TABLE api.project OWNER TO tester;

--
-- Name: event; Type: TABLE; Schema: audit; Owner: tester
--

CREATE TABLE audit.event (
    at timestamp with time zone DEFAULT now() NOT NULL,
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    relation text NOT NULL,
    row_data jsonb,
    actor name DEFAULT CURRENT_USER NOT NULL
)
PARTITION BY RANGE (at);


ALTER TABLE audit.event OWNER TO tester;

--
-- Name: TABLE event; Type: COMMENT; Schema: audit; Owner: tester
--

COMMENT ON TABLE audit.event IS 'Who did what; one partition for half a year';


--
-- Name: event_2026_h1; Type: TABLE; Schema: audit; Owner: tester
--

CREATE TABLE audit.event_2026_h1 (
    at timestamp with time zone DEFAULT now() NOT NULL,
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    relation text NOT NULL,
    row_data jsonb,
    actor name DEFAULT CURRENT_USER NOT NULL
);


ALTER TABLE audit.event_2026_h1 OWNER TO tester;

--
-- Name: event_2026_h2; Type: TABLE; Schema: audit; Owner: tester
--

CREATE TABLE audit.event_2026_h2 (
    at timestamp with time zone DEFAULT now() NOT NULL,
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    relation text NOT NULL,
    row_data jsonb,
    actor name DEFAULT CURRENT_USER NOT NULL
)
PARTITION BY LIST (kind);


ALTER TABLE audit.event_2026_h2 OWNER TO tester;

--
-- Name: event_2026_h2_other; Type: TABLE; Schema: audit; Owner: tester
--

CREATE TABLE audit.event_2026_h2_other (
    at timestamp with time zone DEFAULT now() NOT NULL,
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    relation text NOT NULL,
    row_data jsonb,
    actor name DEFAULT CURRENT_USER NOT NULL
);


ALTER TABLE audit.event_2026_h2_other OWNER TO tester;

--
-- Name: event_2026_h2_write; Type: TABLE; Schema: audit; Owner: tester
--

CREATE TABLE audit.event_2026_h2_write (
    at timestamp with time zone DEFAULT now() NOT NULL,
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    relation text NOT NULL,
    row_data jsonb,
    actor name DEFAULT CURRENT_USER NOT NULL
);


ALTER TABLE audit.event_2026_h2_write OWNER TO tester;

--
-- Name: event_rest; Type: TABLE; Schema: audit; Owner: tester
--

CREATE TABLE audit.event_rest (
    at timestamp with time zone DEFAULT now() NOT NULL,
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    relation text NOT NULL,
    row_data jsonb,
    actor name DEFAULT CURRENT_USER NOT NULL,
    CONSTRAINT event_rest_kind CHECK ((kind <> ''::text))
);


ALTER TABLE audit.event_rest OWNER TO tester;

--
-- Name: document; Type: TABLE; Schema: core; Owner: tester
--

CREATE TABLE core.document (
    tenant_id uuid NOT NULL,
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    body text NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, body)) STORED
)
PARTITION BY HASH (tenant_id);


ALTER TABLE core.document OWNER TO tester;

--
-- Name: document_0; Type: TABLE; Schema: core; Owner: tester
--

CREATE TABLE core.document_0 (
    tenant_id uuid NOT NULL,
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    body text NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, body)) STORED
);


ALTER TABLE core.document_0 OWNER TO tester;

--
-- Name: document_1; Type: TABLE; Schema: core; Owner: tester
--

CREATE TABLE core.document_1 (
    tenant_id uuid NOT NULL,
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    body text NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, body)) STORED
);


ALTER TABLE core.document_1 OWNER TO tester;

--
-- Name: document_2; Type: TABLE; Schema: core; Owner: tester
--

CREATE TABLE core.document_2 (
    tenant_id uuid NOT NULL,
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    body text NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, body)) STORED
)
WITH (fillfactor='80');


ALTER TABLE core.document_2 OWNER TO tester;

--
-- Name: member_id_seq; Type: SEQUENCE; Schema: core; Owner: tester
--

ALTER TABLE core.member ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME core.member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: project_id_seq; Type: SEQUENCE; Schema: core; Owner: tester
--

ALTER TABLE core.project ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME core.project_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: tenant; Type: TABLE; Schema: core; Owner: app_owner
--

CREATE TABLE core.tenant (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    plan core.plan DEFAULT 'free'::core.plan NOT NULL,
    limits jsonb DEFAULT '{"seats": 3}'::jsonb NOT NULL,
    CONSTRAINT tenant_name CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);


ALTER TABLE core.tenant OWNER TO app_owner;

--
-- Name: event_2026_h1; Type: TABLE ATTACH; Schema: audit; Owner: tester
--

ALTER TABLE ONLY audit.event ATTACH PARTITION audit.event_2026_h1 FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-07-01 00:00:00+00');


--
-- Name: event_2026_h2; Type: TABLE ATTACH; Schema: audit; Owner: tester
--

ALTER TABLE ONLY audit.event ATTACH PARTITION audit.event_2026_h2 FOR VALUES FROM ('2026-07-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');


--
-- Name: event_2026_h2_other; Type: TABLE ATTACH; Schema: audit; Owner: tester
--

ALTER TABLE ONLY audit.event_2026_h2 ATTACH PARTITION audit.event_2026_h2_other DEFAULT;


--
-- Name: event_2026_h2_write; Type: TABLE ATTACH; Schema: audit; Owner: tester
--

ALTER TABLE ONLY audit.event_2026_h2 ATTACH PARTITION audit.event_2026_h2_write FOR VALUES IN ('INSERT', 'UPDATE', 'DELETE');


--
-- Name: event_rest; Type: TABLE ATTACH; Schema: audit; Owner: tester
--

ALTER TABLE ONLY audit.event ATTACH PARTITION audit.event_rest DEFAULT;


--
-- Name: document_0; Type: TABLE ATTACH; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.document ATTACH PARTITION core.document_0 FOR VALUES WITH (modulus 3, remainder 0);


--
-- Name: document_1; Type: TABLE ATTACH; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.document ATTACH PARTITION core.document_1 FOR VALUES WITH (modulus 3, remainder 1);


--
-- Name: document_2; Type: TABLE ATTACH; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.document ATTACH PARTITION core.document_2 FOR VALUES WITH (modulus 3, remainder 2);


--
-- Name: document document_pkey; Type: CONSTRAINT; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: document_0 document_0_pkey; Type: CONSTRAINT; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.document_0
    ADD CONSTRAINT document_0_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: document_1 document_1_pkey; Type: CONSTRAINT; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.document_1
    ADD CONSTRAINT document_1_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: document_2 document_2_pkey; Type: CONSTRAINT; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.document_2
    ADD CONSTRAINT document_2_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: member member_pkey; Type: CONSTRAINT; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: member member_tenant_id_login_key; Type: CONSTRAINT; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.member
    ADD CONSTRAINT member_tenant_id_login_key UNIQUE (tenant_id, login);


--
-- Name: project project_pkey; Type: CONSTRAINT; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.project
    ADD CONSTRAINT project_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: tenant tenant_pkey; Type: CONSTRAINT; Schema: core; Owner: app_owner
--

ALTER TABLE ONLY core.tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (id);


--
-- Name: event_tenant; Type: INDEX; Schema: audit; Owner: tester
--

CREATE INDEX event_tenant ON ONLY audit.event USING btree (tenant_id, at DESC);


--
-- Name: event_2026_h1_tenant_id_at_idx; Type: INDEX; Schema: audit; Owner: tester
--

CREATE INDEX event_2026_h1_tenant_id_at_idx ON audit.event_2026_h1 USING btree (tenant_id, at DESC);


--
-- Name: event_2026_h2_tenant_id_at_idx; Type: INDEX; Schema: audit; Owner: tester
--

CREATE INDEX event_2026_h2_tenant_id_at_idx ON ONLY audit.event_2026_h2 USING btree (tenant_id, at DESC);


--
-- Name: event_2026_h2_other_tenant_id_at_idx; Type: INDEX; Schema: audit; Owner: tester
--

CREATE INDEX event_2026_h2_other_tenant_id_at_idx ON audit.event_2026_h2_other USING btree (tenant_id, at DESC);


--
-- Name: event_2026_h2_write_tenant_id_at_idx; Type: INDEX; Schema: audit; Owner: tester
--

CREATE INDEX event_2026_h2_write_tenant_id_at_idx ON audit.event_2026_h2_write USING btree (tenant_id, at DESC);


--
-- Name: event_rest_actor; Type: INDEX; Schema: audit; Owner: tester
--

CREATE INDEX event_rest_actor ON audit.event_rest USING btree (actor);


--
-- Name: event_rest_tenant_id_at_idx; Type: INDEX; Schema: audit; Owner: tester
--

CREATE INDEX event_rest_tenant_id_at_idx ON audit.event_rest USING btree (tenant_id, at DESC);


--
-- Name: document_words; Type: INDEX; Schema: core; Owner: tester
--

CREATE INDEX document_words ON ONLY core.document USING gin (words);


--
-- Name: document_0_words_idx; Type: INDEX; Schema: core; Owner: tester
--

CREATE INDEX document_0_words_idx ON core.document_0 USING gin (words);


--
-- Name: document_1_words_idx; Type: INDEX; Schema: core; Owner: tester
--

CREATE INDEX document_1_words_idx ON core.document_1 USING gin (words);


--
-- Name: document_2_words_idx; Type: INDEX; Schema: core; Owner: tester
--

CREATE INDEX document_2_words_idx ON core.document_2 USING gin (words);


--
-- Name: project_active; Type: INDEX; Schema: core; Owner: tester
--

CREATE INDEX project_active ON core.project USING btree (tenant_id, title) WHERE (archived_at IS NULL);


--
-- Name: event_2026_h1_tenant_id_at_idx; Type: INDEX ATTACH; Schema: audit; Owner: tester
--

ALTER INDEX audit.event_tenant ATTACH PARTITION audit.event_2026_h1_tenant_id_at_idx;


--
-- Name: event_2026_h2_other_tenant_id_at_idx; Type: INDEX ATTACH; Schema: audit; Owner: tester
--

ALTER INDEX audit.event_2026_h2_tenant_id_at_idx ATTACH PARTITION audit.event_2026_h2_other_tenant_id_at_idx;


--
-- Name: event_2026_h2_tenant_id_at_idx; Type: INDEX ATTACH; Schema: audit; Owner: tester
--

ALTER INDEX audit.event_tenant ATTACH PARTITION audit.event_2026_h2_tenant_id_at_idx;


--
-- Name: event_2026_h2_write_tenant_id_at_idx; Type: INDEX ATTACH; Schema: audit; Owner: tester
--

ALTER INDEX audit.event_2026_h2_tenant_id_at_idx ATTACH PARTITION audit.event_2026_h2_write_tenant_id_at_idx;


--
-- Name: event_rest_tenant_id_at_idx; Type: INDEX ATTACH; Schema: audit; Owner: tester
--

ALTER INDEX audit.event_tenant ATTACH PARTITION audit.event_rest_tenant_id_at_idx;


--
-- Name: document_0_pkey; Type: INDEX ATTACH; Schema: core; Owner: tester
--

ALTER INDEX core.document_pkey ATTACH PARTITION core.document_0_pkey;


--
-- Name: document_0_words_idx; Type: INDEX ATTACH; Schema: core; Owner: tester
--

ALTER INDEX core.document_words ATTACH PARTITION core.document_0_words_idx;


--
-- Name: document_1_pkey; Type: INDEX ATTACH; Schema: core; Owner: tester
--

ALTER INDEX core.document_pkey ATTACH PARTITION core.document_1_pkey;


--
-- Name: document_1_words_idx; Type: INDEX ATTACH; Schema: core; Owner: tester
--

ALTER INDEX core.document_words ATTACH PARTITION core.document_1_words_idx;


--
-- Name: document_2_pkey; Type: INDEX ATTACH; Schema: core; Owner: tester
--

ALTER INDEX core.document_pkey ATTACH PARTITION core.document_2_pkey;


--
-- Name: document_2_words_idx; Type: INDEX ATTACH; Schema: core; Owner: tester
--

ALTER INDEX core.document_words ATTACH PARTITION core.document_2_words_idx;


--
-- Name: project project_write; Type: TRIGGER; Schema: api; Owner: tester
--

CREATE TRIGGER project_write INSTEAD OF INSERT ON api.project FOR EACH ROW EXECUTE FUNCTION api.project_write();


--
-- Name: document document_audit; Type: TRIGGER; Schema: core; Owner: tester
--

CREATE TRIGGER document_audit AFTER INSERT ON core.document FOR EACH ROW EXECUTE FUNCTION audit.record('body');


--
-- Name: member member_audit; Type: TRIGGER; Schema: core; Owner: tester
--

CREATE TRIGGER member_audit AFTER INSERT OR DELETE OR UPDATE ON core.member FOR EACH ROW EXECUTE FUNCTION audit.record('login');


--
-- Name: TRIGGER member_audit ON member; Type: COMMENT; Schema: core; Owner: tester
--

COMMENT ON TRIGGER member_audit ON core.member IS 'Without the login';


--
-- Name: member member_owner_stays; Type: TRIGGER; Schema: core; Owner: tester
--

CREATE CONSTRAINT TRIGGER member_owner_stays AFTER DELETE ON core.member DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.role = 'owner'::text)) EXECUTE FUNCTION audit.record('login');


--
-- Name: project project_audit; Type: TRIGGER; Schema: core; Owner: tester
--

CREATE TRIGGER project_audit AFTER UPDATE OF title, budget ON core.project FOR EACH ROW WHEN ((old.title IS DISTINCT FROM new.title)) EXECUTE FUNCTION audit.record('');

ALTER TABLE core.project DISABLE TRIGGER project_audit;


--
-- Name: document document_tenant_id_project_id_fkey; Type: FK CONSTRAINT; Schema: core; Owner: tester
--

ALTER TABLE core.document
    ADD CONSTRAINT document_tenant_id_project_id_fkey FOREIGN KEY (tenant_id, project_id) REFERENCES core.project(tenant_id, id) ON DELETE CASCADE;


--
-- Name: member member_tenant_id_fkey; Type: FK CONSTRAINT; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.member
    ADD CONSTRAINT member_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES core.tenant(id) ON DELETE CASCADE;


--
-- Name: project project_lead; Type: FK CONSTRAINT; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.project
    ADD CONSTRAINT project_lead FOREIGN KEY (tenant_id, lead_id) REFERENCES core.member(tenant_id, id);


--
-- Name: project project_tenant_id_fkey; Type: FK CONSTRAINT; Schema: core; Owner: tester
--

ALTER TABLE ONLY core.project
    ADD CONSTRAINT project_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES core.tenant(id) ON DELETE CASCADE;


--
-- Name: event; Type: ROW SECURITY; Schema: audit; Owner: tester
--

ALTER TABLE audit.event ENABLE ROW LEVEL SECURITY;

--
-- Name: event event_read; Type: POLICY; Schema: audit; Owner: tester
--

CREATE POLICY event_read ON audit.event FOR SELECT TO app_owner USING (true);


--
-- Name: document; Type: ROW SECURITY; Schema: core; Owner: tester
--

ALTER TABLE core.document ENABLE ROW LEVEL SECURITY;

--
-- Name: document document_tenant; Type: POLICY; Schema: core; Owner: tester
--

CREATE POLICY document_tenant ON core.document USING ((tenant_id = core.current_tenant()));


--
-- Name: member; Type: ROW SECURITY; Schema: core; Owner: tester
--

ALTER TABLE core.member ENABLE ROW LEVEL SECURITY;

--
-- Name: member member_managers; Type: POLICY; Schema: core; Owner: tester
--

CREATE POLICY member_managers ON core.member AS RESTRICTIVE FOR DELETE TO app_writer USING ((EXISTS ( SELECT 1
   FROM core.member me
  WHERE ((me.login = CURRENT_USER) AND (me.role = ANY (ARRAY['manager'::text, 'owner'::text]))))));


--
-- Name: member member_tenant; Type: POLICY; Schema: core; Owner: tester
--

CREATE POLICY member_tenant ON core.member USING ((tenant_id = core.current_tenant()));


--
-- Name: POLICY member_tenant ON member; Type: COMMENT; Schema: core; Owner: tester
--

COMMENT ON POLICY member_tenant ON core.member IS 'Nobody sees the people of others';


--
-- Name: project; Type: ROW SECURITY; Schema: core; Owner: tester
--

ALTER TABLE core.project ENABLE ROW LEVEL SECURITY;

--
-- Name: project project_tenant; Type: POLICY; Schema: core; Owner: tester
--

CREATE POLICY project_tenant ON core.project TO app_reader, app_writer USING ((tenant_id = core.current_tenant())) WITH CHECK (((tenant_id = core.current_tenant()) AND (archived_at IS NULL)));


--
-- Name: tenant; Type: ROW SECURITY; Schema: core; Owner: app_owner
--

ALTER TABLE core.tenant ENABLE ROW LEVEL SECURITY;

--
-- Name: tenant tenant_self; Type: POLICY; Schema: core; Owner: app_owner
--

CREATE POLICY tenant_self ON core.tenant FOR SELECT USING ((id = core.current_tenant()));


--
-- Name: SCHEMA api; Type: ACL; Schema: -; Owner: tester
--

GRANT USAGE ON SCHEMA api TO app_reader;
GRANT USAGE ON SCHEMA api TO app_writer;


--
-- Name: FUNCTION search(phrase text, "limit" integer); Type: ACL; Schema: api; Owner: tester
--

GRANT ALL ON FUNCTION api.search(phrase text, "limit" integer) TO app_reader;


--
-- Name: FUNCTION record(); Type: ACL; Schema: audit; Owner: tester
--

REVOKE ALL ON FUNCTION audit.record() FROM PUBLIC;


--
-- Name: TABLE project; Type: ACL; Schema: api; Owner: tester
--

GRANT SELECT,INSERT ON TABLE api.project TO app_writer;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: api; Owner: tester
--

ALTER DEFAULT PRIVILEGES FOR ROLE tester IN SCHEMA api GRANT SELECT ON TABLES  TO app_reader;


--
-- PostgreSQL database dump complete
--

\unrestrict 9r2kKx5H2x67Nfsi8Lni7CmrBhxXr2D8k7WKOe97qTLPqBu1C1vRWaRTlAR4Rh4

