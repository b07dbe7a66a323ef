CREATE DOMAIN public.small AS integer CHECK (VALUE BETWEEN 0 AND 9 AND VALUE <> 3);

CREATE FUNCTION public.within(low integer, ok boolean DEFAULT (1 BETWEEN 0 AND 2 AND true)) RETURNS boolean
    LANGUAGE sql RETURN low BETWEEN 0 AND 2 AND ok;

CREATE TABLE public.t (
    a integer,
    b boolean,
    g boolean GENERATED ALWAYS AS (a BETWEEN 0 AND 2 AND b) STORED,
    d boolean DEFAULT (1 BETWEEN 0 AND 2 AND true)
);

CREATE INDEX t_where ON public.t (a) WHERE a BETWEEN 0 AND 2 AND b;
CREATE INDEX t_expression ON public.t ((a BETWEEN 0 AND 2 AND b));
CREATE POLICY within ON public.t USING (a BETWEEN 0 AND 2 AND b) WITH CHECK (a NOT BETWEEN 4 AND 5 OR b);
CREATE RULE quiet AS ON INSERT TO public.t WHERE NEW.a BETWEEN 0 AND 2 AND NEW.b DO INSTEAD NOTHING;
CREATE STATISTICS public.t_within ON (a BETWEEN 0 AND 2 AND b), a FROM public.t;
CREATE TRIGGER quiet BEFORE UPDATE ON public.t FOR EACH ROW WHEN (NEW.a BETWEEN 0 AND 2 AND NEW.d)
    EXECUTE FUNCTION suppress_redundant_updates_trigger();

CREATE VIEW public.v AS
    SELECT t.a, t.a BETWEEN 0 AND 2 AND t.b AS within
    FROM public.t JOIN public.t u ON t.a BETWEEN 0 AND 2 AND u.b
    WHERE t.a BETWEEN 0 AND 2 AND t.b;
