CREATE SEQUENCE s;
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS $$ SELECT 7::bigint $$;
CREATE TABLE t (id bigint DEFAULT nextval('s'));
