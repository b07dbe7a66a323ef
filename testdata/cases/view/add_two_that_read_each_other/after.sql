CREATE VIEW public.newest AS SELECT 2024 AS year;

CREATE VIEW public.editions AS SELECT 1 AS number, 'first'::varchar(8) COLLATE "C" AS "Its title";
CREATE VIEW public.reprints AS SELECT number, "Its title" FROM public.editions;
CREATE OR REPLACE VIEW public.editions WITH (security_barrier) AS SELECT number, "Its title" FROM public.reprints;
COMMENT ON VIEW public.editions IS 'Reads its own reprints';
COMMENT ON COLUMN public.editions.number IS 'Counted from one';
GRANT SELECT ON public.editions TO app_reader;
CREATE VIEW public.both AS SELECT e.number FROM public.editions e JOIN public.reprints ON true;
