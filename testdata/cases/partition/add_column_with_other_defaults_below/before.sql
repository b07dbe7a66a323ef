CREATE TABLE reading (station integer) PARTITION BY LIST (station);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1);
CREATE TABLE reading_south PARTITION OF reading FOR VALUES IN (2) PARTITION BY LIST (station);
CREATE TABLE reading_south_2 PARTITION OF reading_south FOR VALUES IN (2);
CREATE TABLE reading_east (station integer);
ALTER TABLE reading ATTACH PARTITION reading_east FOR VALUES IN (3);
