CREATE TABLE reading (station integer, id serial) PARTITION BY LIST (station);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1);
