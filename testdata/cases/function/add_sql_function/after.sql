CREATE TABLE t (id integer, v text);
CREATE FUNCTION newest() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT max(id) FROM t $$;
