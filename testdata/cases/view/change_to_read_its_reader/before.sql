CREATE TABLE public.books (id integer PRIMARY KEY);
CREATE VIEW public.ends AS SELECT id FROM public.books;
CREATE VIEW public.starts AS SELECT id FROM public.ends;
GRANT SELECT ON public.starts TO app_reader;
