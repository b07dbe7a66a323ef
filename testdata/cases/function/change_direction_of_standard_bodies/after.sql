CREATE FUNCTION public.c() RETURNS integer LANGUAGE sql RETURN 1;
CREATE FUNCTION public.b() RETURNS integer LANGUAGE sql RETURN 2;
CREATE FUNCTION public.a() RETURNS integer LANGUAGE sql RETURN public.c() + public.b();

CREATE FUNCTION public.of_view() RETURNS integer LANGUAGE sql RETURN 5;
CREATE VIEW public.v AS SELECT public.of_view() AS x;
