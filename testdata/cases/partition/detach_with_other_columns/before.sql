CREATE TABLE reading (station integer, taken date, grade integer, CONSTRAINT sane CHECK (grade > 0)) PARTITION BY LIST (station);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1);
CREATE TABLE reading_south PARTITION OF reading FOR VALUES IN (2);
