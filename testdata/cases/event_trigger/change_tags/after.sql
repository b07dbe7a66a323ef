CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE EVENT TRIGGER noted ON ddl_command_end WHEN TAG IN ('drop table', 'CREATE TABLE') EXECUTE FUNCTION note();
COMMENT ON EVENT TRIGGER noted IS 'what happens to tables';
