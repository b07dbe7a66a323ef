-- an index that is built anew, and one that its table has from it, is behind the return of the partition
CREATE TABLE words (year integer, word text) PARTITION BY RANGE (year);
CREATE TABLE words_old PARTITION OF words FOR VALUES FROM (1900) TO (1950);
CREATE INDEX words_lower ON words (lower(word)) WHERE year > 1910;
