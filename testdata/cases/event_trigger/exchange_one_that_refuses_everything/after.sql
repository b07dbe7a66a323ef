CREATE FUNCTION nothing_tomorrow() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no %', tg_tag; END$$;
CREATE EVENT TRIGGER shut ON ddl_command_start EXECUTE FUNCTION nothing_tomorrow();
