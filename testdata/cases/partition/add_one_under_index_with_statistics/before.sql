CREATE TABLE events (day date NOT NULL, note text) PARTITION BY RANGE (day);
CREATE INDEX notes ON events (lower(note));
ALTER INDEX notes ALTER COLUMN 1 SET STATISTICS 100;
