CREATE TABLE words (year integer, word text NOT NULL) PARTITION BY RANGE (year);
CREATE TABLE words_old PARTITION OF words FOR VALUES FROM (1900) TO (1960);
CREATE INDEX words_lower ON words (lower(word));
