CREATE TABLE reading (station integer, taken date, UNIQUE (station)) PARTITION BY LIST (station);
CREATE INDEX reading_taken_idx ON reading (taken);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1);
