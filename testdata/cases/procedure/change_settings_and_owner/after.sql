CREATE PROCEDURE f() LANGUAGE sql SET search_path = '' AS $$ SELECT 1 $$;
GRANT EXECUTE ON PROCEDURE f() TO app_reader;
