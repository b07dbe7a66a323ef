CREATE TABLE reading (station integer) PARTITION BY LIST (station);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1);
