CREATE TABLE reading (station integer, taken date) PARTITION BY RANGE (station);
CREATE TABLE reading_low (station integer, taken date);
ALTER TABLE ONLY reading ATTACH PARTITION reading_low FOR VALUES FROM (0) TO (9);
