CREATE TABLE t (id integer);
CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $outer$ BEGIN RETURN $$x$$ || $_$y$_$ || '-- Name: fake; Type: TABLE; Schema: public; Owner: -'; END $outer$;
COMMENT ON TABLE t IS '
--
-- Name: t; Type: TABLE; Schema: public; Owner: nobody
--
';
