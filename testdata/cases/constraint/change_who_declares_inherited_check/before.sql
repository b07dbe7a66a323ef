CREATE TABLE public.p (a integer, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE public.c (CONSTRAINT positive CHECK (a > 0)) INHERITS (public.p);
CREATE TABLE public.below () INHERITS (public.c);
