CREATE TABLE t (id integer, v text);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER t_of BEFORE UPDATE OF v, id ON t FOR EACH ROW WHEN (old.v IS DISTINCT FROM new.v AND new.id > 3) EXECUTE FUNCTION f('a', 'it''s', E'back\\slash', 7);
