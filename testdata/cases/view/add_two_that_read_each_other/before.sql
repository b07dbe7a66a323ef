CREATE VIEW public.newest AS SELECT 2024 AS year;
