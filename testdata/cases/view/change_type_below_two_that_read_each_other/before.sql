CREATE DOMAIN public.page AS integer;
CREATE TABLE public.books (id integer PRIMARY KEY, last public.page);

CREATE VIEW public.ends AS SELECT 1 AS id, NULL::public.page AS last;
CREATE VIEW public.starts AS SELECT id, last FROM public.ends;
CREATE OR REPLACE VIEW public.ends AS
  SELECT id, last FROM public.books WHERE id NOT IN (SELECT s.id FROM public.starts s);
COMMENT ON VIEW public.ends IS 'Where books end';
