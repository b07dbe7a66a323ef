CREATE TABLE reading (station integer, taken date, grade integer, note text) PARTITION BY LIST (station);
CREATE INDEX reading_taken_idx ON reading (taken);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1, 2);
CREATE TABLE reading_south PARTITION OF reading FOR VALUES IN (3);
CREATE TABLE reading_east PARTITION OF reading FOR VALUES IN (4);
