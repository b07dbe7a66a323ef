CREATE TABLE reading (station integer NOT NULL, taken date) PARTITION BY RANGE (station);
CREATE TABLE reading_low (station integer NOT NULL, taken date);
ALTER TABLE ONLY reading ATTACH PARTITION reading_low FOR VALUES FROM (MINVALUE) TO (0);
ALTER TABLE ONLY reading ADD CONSTRAINT one_station UNIQUE (station);
