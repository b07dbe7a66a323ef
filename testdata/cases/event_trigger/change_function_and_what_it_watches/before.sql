CREATE TABLE seen (statement regclass);
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM public.seen WHERE statement = 'pg_class'::regclass;
END $$;
CREATE EVENT TRIGGER noted ON ddl_command_end EXECUTE FUNCTION note();
COMMENT ON EVENT TRIGGER noted IS 'watches';
ALTER EVENT TRIGGER noted ENABLE ALWAYS;
