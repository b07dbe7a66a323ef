-- NO INHERIT leaves the check to the child, as its own.
CREATE TABLE public.above (a integer, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE public.p (CONSTRAINT small CHECK (a < 100), CONSTRAINT odd CHECK (a % 2 = 1) NO INHERIT)
    INHERITS (public.above);
CREATE TABLE public.c () INHERITS (public.p);
ALTER TABLE public.c NO INHERIT public.p;
