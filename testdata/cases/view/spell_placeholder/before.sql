CREATE VIEW public.ends AS SELECT 1 AS id;
CREATE VIEW public.starts AS SELECT id FROM public.ends;
CREATE OR REPLACE VIEW public.ends AS SELECT id FROM public.starts;
