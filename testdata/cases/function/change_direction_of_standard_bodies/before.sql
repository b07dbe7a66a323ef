-- Who reads whom is turned round, over two and over three.
CREATE FUNCTION public.a() RETURNS integer LANGUAGE sql RETURN 1;
CREATE FUNCTION public.b() RETURNS integer LANGUAGE sql RETURN public.a();
CREATE FUNCTION public.c() RETURNS integer LANGUAGE sql RETURN public.b() + 1;

CREATE VIEW public.v AS SELECT 1 AS x;
CREATE FUNCTION public.of_view() RETURNS integer LANGUAGE sql RETURN (SELECT x FROM public.v);
