CREATE TABLE anything (a integer);
CREATE TRANSFORM FOR integer LANGUAGE plpgsql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE FUNCTION a_function(a integer) RETURNS integer TRANSFORM FOR TYPE integer LANGUAGE plpgsql AS $$ BEGIN RETURN a; END $$;
