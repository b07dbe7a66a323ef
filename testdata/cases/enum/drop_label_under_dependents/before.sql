CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE t (id integer, m mood DEFAULT 'sad', CONSTRAINT t_m CHECK (m <> 'happy' OR id > 0));
CREATE VIEW v AS SELECT id, m FROM t;
CREATE FUNCTION f(m mood) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT m::text';
