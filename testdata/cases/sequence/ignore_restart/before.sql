CREATE TABLE t (id serial);
SELECT pg_catalog.setval('public.t_id_seq', 1, false);
