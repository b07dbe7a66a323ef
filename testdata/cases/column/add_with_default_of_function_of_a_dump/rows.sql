INSERT INTO public.tickets VALUES ('broken lamp');
