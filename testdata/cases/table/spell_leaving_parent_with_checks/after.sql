CREATE TABLE public.above (a integer, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE public.p (CONSTRAINT small CHECK (a < 100), CONSTRAINT odd CHECK (a % 2 = 1) NO INHERIT)
    INHERITS (public.above);
CREATE TABLE public.c (a integer, CONSTRAINT positive CHECK (a > 0), CONSTRAINT small CHECK (a < 100));
