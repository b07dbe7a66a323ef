CREATE TABLE reading (station integer, taken date, quality integer) PARTITION BY LIST (station);
CREATE TABLE reading_north (station integer, taken date, quality integer);
CREATE TABLE reading_south PARTITION OF reading FOR VALUES IN (2);
