SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
CREATE SEQUENCE public.ticket_numbers;
-- finds the sequence by the path of whoever calls it
CREATE FUNCTION public.next_ticket() RETURNS text LANGUAGE sql AS $$ SELECT 'T' || nextval('ticket_numbers') $$;
CREATE TABLE public.tickets (title text, number text DEFAULT public.next_ticket() NOT NULL);
