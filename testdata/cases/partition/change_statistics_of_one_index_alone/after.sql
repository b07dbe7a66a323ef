CREATE TABLE letters (year integer, sender text) PARTITION BY RANGE (year);
CREATE INDEX letters_sender ON letters (lower(sender));
CREATE TABLE letters_old PARTITION OF letters FOR VALUES FROM (1900) TO (1950);
