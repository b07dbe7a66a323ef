CREATE TABLE farm (id serial, name text);
ALTER TABLE farm OWNER TO app_reader;
GRANT SELECT ON farm TO app_writer;
CREATE VIEW farms AS SELECT name FROM farm;
ALTER VIEW farms OWNER TO app_writer;
CREATE FUNCTION hectares() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;
ALTER FUNCTION hectares OWNER TO app_reader;
CREATE TYPE crop AS ENUM ('rye');
REASSIGN OWNED BY app_reader, app_writer TO app_owner;
