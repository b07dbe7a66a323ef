CREATE TABLE seen (statement text, at timestamptz);
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM public.seen WHERE statement = 'pg_class' AND at < now();
END $$;
CREATE EVENT TRIGGER noted ON ddl_command_end EXECUTE FUNCTION note();
COMMENT ON EVENT TRIGGER noted IS 'watches';
ALTER EVENT TRIGGER noted ENABLE ALWAYS;
