CREATE COLLATION public.plain (locale = 'C');
CREATE TABLE public.t (
    leaves text COLLATE public.plain,
    gains text COLLATE "C"
);
CREATE INDEX t_leaves ON public.t (leaves);
