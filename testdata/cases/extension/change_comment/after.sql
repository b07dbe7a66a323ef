CREATE EXTENSION pg_trgm;
COMMENT ON EXTENSION pg_trgm IS 'look for words that are nearly right';
CREATE TABLE t (v text);
