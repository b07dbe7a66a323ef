CREATE TABLE public.books (id integer PRIMARY KEY);

CREATE VIEW public.shelf AS SELECT NULL::integer AS rank;
CREATE FUNCTION public.rank_of(public.shelf) RETURNS integer LANGUAGE sql AS 'SELECT ($1).rank';
CREATE FUNCTION public.rows_of_shelf() RETURNS SETOF public.shelf LANGUAGE sql AS 'SELECT 1';
CREATE OR REPLACE VIEW public.shelf AS
  SELECT public.rank_of(ROW(id)::public.shelf) AS rank FROM public.books
  WHERE EXISTS (SELECT FROM public.rows_of_shelf());
