CREATE PROCEDURE p(a integer) LANGUAGE sql AS $$ SELECT 1 $$;
COMMENT ON PROCEDURE p(integer) IS 'runs';
