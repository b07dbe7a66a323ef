CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION plain_words (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION plain_words ALTER MAPPING FOR asciiword WITH words;
CREATE TABLE article (a_body text);
CREATE INDEX a_search ON article USING gin (to_tsvector('plain_words', a_body));
CREATE VIEW a_query AS SELECT to_tsquery('plain_words'::regconfig, 'x') AS q;
