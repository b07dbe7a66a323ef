CREATE FUNCTION f(a integer, OUT b integer) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
