CREATE FUNCTION folded(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.lower($1)';
CREATE FUNCTION comparable(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.btrim(public.folded($1))';
CREATE TABLE word (text text, added text NOT NULL DEFAULT public.comparable('NEW '));
CREATE TABLE phrase (text text);
CREATE INDEX phrase_comparable ON phrase (comparable(text));
