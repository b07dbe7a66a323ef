CREATE TABLE t (id serial);
SELECT pg_catalog.setval('public.t_id_seq', 42, true);
ALTER SEQUENCE t_id_seq RESTART;
