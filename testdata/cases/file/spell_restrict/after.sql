\restrict aBcD123
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.t (
    id integer,
    v text
);
ALTER TABLE public.t OWNER TO CURRENT_USER;
\unrestrict aBcD123
