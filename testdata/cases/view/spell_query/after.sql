CREATE TABLE t (id integer, v text, at timestamptz);
CREATE OR REPLACE VIEW public.w AS SELECT t.id, t.v FROM public.t WHERE (((t.v = ANY (ARRAY['a'::text, 'b'::text])) AND (NOT ((t.id = 4) OR (t.at < pg_catalog.now())))));
