CREATE TABLE reading (station integer, source text DEFAULT 'hand', unit text) PARTITION BY LIST (station);
CREATE TABLE reading_north PARTITION OF reading (source DEFAULT 'probe', unit NOT NULL DEFAULT 'm') FOR VALUES IN (1);
CREATE TABLE reading_south PARTITION OF reading FOR VALUES IN (2) PARTITION BY LIST (station);
CREATE TABLE reading_south_2 PARTITION OF reading_south (source DEFAULT 'ship') FOR VALUES IN (2);
CREATE TABLE reading_east (station integer, source text, unit text DEFAULT 'ft');
ALTER TABLE ONLY reading_east ALTER COLUMN unit SET STORAGE EXTERNAL;
ALTER TABLE reading ATTACH PARTITION reading_east FOR VALUES IN (3);
