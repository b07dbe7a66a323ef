CREATE TABLE reading (station integer, grade integer) PARTITION BY LIST (station);
CREATE TABLE archive (station integer, kept date, note text) PARTITION BY LIST (station);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1);
