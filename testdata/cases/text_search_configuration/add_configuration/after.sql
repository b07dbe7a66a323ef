CREATE TEXT SEARCH CONFIGURATION plain (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION plain ADD MAPPING FOR asciiword WITH english_stem;
ALTER TEXT SEARCH CONFIGURATION plain ADD MAPPING FOR word WITH simple;
ALTER TEXT SEARCH CONFIGURATION plain OWNER TO app_owner;
CREATE TABLE pages (title text);
CREATE INDEX pages_title ON pages USING gin (to_tsvector('public.plain'::regconfig, title));
