CREATE TABLE public.p (a integer);
CREATE TABLE public.declares (b text) INHERITS (public.p);
CREATE TABLE public.inherits () INHERITS (public.p);
CREATE TABLE public.below () INHERITS (public.inherits);
CREATE TABLE public.other (c integer);
CREATE TABLE public.of_both () INHERITS (public.p, public.other);
