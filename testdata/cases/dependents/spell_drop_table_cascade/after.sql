CREATE TABLE berth (ship_id integer, place text, ship_name text);
CREATE TABLE log (entry text);
CREATE VIEW places AS WITH ship AS (SELECT place FROM berth) SELECT place FROM ship;
CREATE FUNCTION by_name(wanted text) RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;
CREATE PROCEDURE clear_log() LANGUAGE sql AS $$ DELETE FROM log $$;
