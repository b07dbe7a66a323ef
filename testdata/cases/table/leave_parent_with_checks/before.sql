CREATE TABLE public.p (a integer, CONSTRAINT positive CHECK (a > 0), CONSTRAINT small CHECK (a < 100));
CREATE TABLE public.keeps (a integer) INHERITS (public.p);
CREATE TABLE public.loses (a integer) INHERITS (public.p);
CREATE TABLE public.below () INHERITS (public.loses);
CREATE TABLE public.stays (CONSTRAINT small CHECK (a < 100)) INHERITS (public.p);
CREATE TABLE public.has_own (a integer, CONSTRAINT positive CHECK (a > 0), CONSTRAINT small CHECK (a < 100)) INHERITS (public.p);
