CREATE FUNCTION f(a integer, OUT b integer, OUT c text) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
