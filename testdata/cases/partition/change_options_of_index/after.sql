CREATE TABLE reading (station integer, taken date, UNIQUE (station) WITH (fillfactor = 80)) PARTITION BY LIST (station);
CREATE INDEX reading_taken_idx ON reading (taken) WITH (fillfactor = 70);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1);
