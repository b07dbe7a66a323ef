CREATE TABLE public.books (id integer PRIMARY KEY);
CREATE VIEW public.ends AS SELECT id FROM public.books;
CREATE VIEW public.starts AS SELECT id FROM public.ends;
CREATE OR REPLACE VIEW public.ends AS SELECT id + 1 AS id FROM public.starts;
GRANT SELECT ON public.starts TO app_reader;
