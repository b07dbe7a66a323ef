-- a partition's index is made without the target of the other, which must not reach it afterwards
CREATE TABLE letters (year integer, sender text) PARTITION BY RANGE (year);
CREATE INDEX letters_sender ON letters (lower(sender));
ALTER INDEX letters_sender ALTER COLUMN 1 SET STATISTICS 70;
CREATE TABLE letters_old PARTITION OF letters FOR VALUES FROM (1900) TO (1950);
