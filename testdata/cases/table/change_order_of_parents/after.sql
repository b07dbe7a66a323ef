CREATE TABLE public.p1 (a integer, x integer NOT NULL, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE public.p2 (a integer, b integer GENERATED ALWAYS AS (1) STORED);
CREATE TABLE public.p3 (c integer);
CREATE TABLE public.c () INHERITS (public.p1, public.p3, public.p2);
CREATE TABLE public.below () INHERITS (public.c);
CREATE TABLE public.of_some (a integer, CONSTRAINT own CHECK (c > 0) NO INHERIT) INHERITS (public.p3, public.p1);
