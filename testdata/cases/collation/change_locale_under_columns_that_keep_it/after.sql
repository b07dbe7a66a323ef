CREATE COLLATION public.plain (locale = 'POSIX');
ALTER COLLATION public.plain OWNER TO app_owner;
COMMENT ON COLLATION public.plain IS 'as bytes are';
CREATE TABLE public.t (
    name text COLLATE public.plain PRIMARY KEY,
    short varchar(20) COLLATE public.plain DEFAULT 'x' NOT NULL,
    lower_name text COLLATE public.plain GENERATED ALWAYS AS (lower(name)) STORED,
    other text,
    CONSTRAINT named CHECK (name > short),
    CONSTRAINT others CHECK (other COLLATE public.plain <> 'b')
);
CREATE TABLE public.below (more text COLLATE public.plain) INHERITS (public.t);
CREATE TABLE public.refers (name text COLLATE public.plain REFERENCES public.t);
CREATE INDEX t_short ON public.t (short, other COLLATE public.plain);
CREATE VIEW public.v AS SELECT name, other COLLATE public.plain AS other FROM public.t WHERE name < 'b';
COMMENT ON VIEW public.v IS 'reads it';
