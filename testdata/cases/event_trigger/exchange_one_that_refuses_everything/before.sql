CREATE FUNCTION nothing_today() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION '% is off', tg_tag; END$$;
CREATE EVENT TRIGGER closed ON ddl_command_start EXECUTE FUNCTION nothing_today();
