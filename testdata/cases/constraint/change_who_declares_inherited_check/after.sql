CREATE TABLE public.p (a integer, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE public.c () INHERITS (public.p);
CREATE TABLE public.below (CONSTRAINT positive CHECK (a > 0)) INHERITS (public.c);
