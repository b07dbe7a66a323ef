CREATE DOMAIN public.page AS bigint;
CREATE TABLE public.books (id bigint PRIMARY KEY, last public.page);

CREATE VIEW public.ends AS SELECT 1::bigint AS id, NULL::public.page AS last;
CREATE VIEW public.starts AS SELECT id, last FROM public.ends;
CREATE OR REPLACE VIEW public.ends AS
  SELECT id, last FROM public.books WHERE id NOT IN (SELECT s.id FROM public.starts s);
COMMENT ON VIEW public.ends IS 'Where books end';
