CREATE VIEW public.ends AS
SELECT
    NULL::integer AS id;
CREATE VIEW public.starts AS
 SELECT ends.id
   FROM public.ends;
CREATE OR REPLACE VIEW public.ends AS
 SELECT starts.id
   FROM public.starts;
