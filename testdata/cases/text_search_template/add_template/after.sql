CREATE SCHEMA search;
CREATE TEXT SEARCH TEMPLATE search.plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH PARSER search.split (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH DICTIONARY search.words (TEMPLATE = search.plain);
CREATE TEXT SEARCH CONFIGURATION search.all_words (PARSER = search.split);
ALTER TEXT SEARCH CONFIGURATION search.all_words ADD MAPPING FOR asciiword, numword WITH search.words;
COMMENT ON TEXT SEARCH PARSER search.split IS 'the usual one';
COMMENT ON TEXT SEARCH TEMPLATE search.plain IS 'the usual one';
