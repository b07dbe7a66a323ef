CREATE COLLATION public.plain (locale = 'POSIX');
CREATE TABLE public.t (
    leaves text COLLATE "C",
    gains text COLLATE public.plain
);
CREATE INDEX t_leaves ON public.t (leaves);
