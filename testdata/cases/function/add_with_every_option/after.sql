CREATE TABLE t (id integer);
CREATE FUNCTION f(a integer, b text DEFAULT 'x') RETURNS integer
  LANGUAGE plpgsql IMMUTABLE STRICT LEAKPROOF SECURITY DEFINER PARALLEL SAFE COST 12 SET search_path = pg_catalog, pg_temp SET work_mem = '8MB' SET "DateStyle" = 'ISO, DMY' AS $body$
BEGIN
  -- $$ 'quotes' "and" \ more
  RETURN a;
END $body$;
